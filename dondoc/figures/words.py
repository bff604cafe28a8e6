"""Periods in the words of the office: shown as "6 tháng đầu năm 2022", read from what people type. Pure."""

import re
from datetime import date

from dondoc.lib.days import read_day
from dondoc.lib.vietnamese import folded
from dondoc.lib.wording import day

QUARTERS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
NUMBERS = {roman.lower(): number for number, roman in QUARTERS.items()} | {number: number for number in QUARTERS}
QUALIFIERS = {"exact": "", "over": "trên", "under": "gần", "about": "khoảng"}


def period_words(period: str | None) -> str:
    """A written period in words; one that is none of ours is shown as it stands."""
    text = period or ""
    if found := re.fullmatch(r"(\d{4})(?:-(H[12]|Q[1-4]|\d\d))?( ytd)?", text):
        return _of_year(found[1], found[2] or "", bool(found[3]))
    if found := re.fullmatch(r"(\d{4})-(\d{4})( ytd)?", text):
        return f"nhiệm kỳ {found[1]}–{found[2]}" + (" đến nay" if found[3] else "")
    if found := re.fullmatch(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", text):
        return f"từ {day(date.fromisoformat(found[1]))} đến {day(date.fromisoformat(found[2]))}"
    if found := re.fullmatch(r"(.+)\.\.(.+)", text):
        return f"từ {_point(found[1])} đến {'nay' if found[2] == 'now' else _point(found[2])}"
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


def _of_year(year: str, part: str, to_date: bool) -> str:
    if to_date:
        return f"{int(part)} tháng đầu năm {year}" if part.isdigit() else f"từ đầu năm {year} đến nay"
    if not part:
        return f"năm {year}"
    if part[0] == "H":
        return f"6 tháng {'đầu' if part[1] == '1' else 'cuối'} năm {year}"
    if part[0] == "Q":
        return f"quý {QUARTERS[part[1]]}/{year}"
    return f"tháng {int(part)}/{year}"


def _point(text: str) -> str:
    year, _, month = text.partition("-")
    return f"tháng {int(month)}/{year}" if month.isdigit() else f"năm {year}"


def read_period(typed: str) -> str | None:
    """A period as people type it in the form in which the ledger keeps it; None where it is none.

    "2022", "năm 2022", "quý III/2022", "6 tháng đầu năm 2022", "9 tháng năm 2022", "tháng 9/2022", "nhiệm kỳ 2020-2025", "31/12/2022",
    and whatever `period_words` says.
    """
    text = folded(typed).replace("–", "-")
    if found := re.fullmatch(r"(?:nam )?(\d{4})", text):
        return found[1]
    if found := re.fullmatch(r"6 thang (dau|cuoi) nam (\d{4})", text):
        return f"{found[2]}-{'H1' if found[1] == 'dau' else 'H2'}"
    if found := re.fullmatch(r"(\d{1,2}) thang (?:dau )?nam (\d{4})", text):
        return f"{found[2]}-{int(found[1]):02} ytd" if 1 <= int(found[1]) <= 12 else None
    if found := re.fullmatch(r"tu dau nam (\d{4}) den nay", text):
        return f"{found[1]} ytd"
    if found := re.fullmatch(r"quy (iv|i{1,3}|[1-4]) ?(?:/|nam|-)? ?(\d{4})", text):
        return f"{found[2]}-Q{NUMBERS[found[1]]}"
    if found := re.fullmatch(r"(?:thang )?(\d{1,2}) ?[/-] ?(\d{4})", text):
        return f"{found[2]}-{int(found[1]):02}" if 1 <= int(found[1]) <= 12 else None
    if found := re.fullmatch(r"(?:nhiem ky )?(\d{4}) ?- ?(\d{4})( den nay)?", text):
        return f"{found[1]}-{found[2]}" + (" ytd" if found[3] else "")
    if found := re.fullmatch(r"tu (.+) den (.+)", text):
        first, last = _read_point(found[1]), "now" if found[2] == "nay" else _read_point(found[2])
        if first and last and (len(first) == len("2023-06-01")) != (len(last) == len("2023-06-01")):
            return None
        return f"{first}..{last}" if first and last else None
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text) and (one := read_day(text, date(2000, 1, 1))):
        return one.isoformat()
    return None


def _read_point(text: str) -> str | None:
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", text):
        one = read_day(text, date(2000, 1, 1))
        return one.isoformat() if one else None
    if found := re.fullmatch(r"thang (\d{1,2})/(\d{4})", text):
        return f"{found[2]}-{int(found[1]):02}"
    found = re.fullmatch(r"(?:nam )?(\d{4})", text)
    return found[1] if found else None
