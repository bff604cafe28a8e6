"""Days and periods as texts write them."""

import re
from datetime import date
from typing import Literal, NamedTuple

from dondoc.intake.extract.tokens import Page, Phrases

_DAY = re.compile(
    r"(?P<d>\d{1,2})(?:\s?[/-]\s?|\.)(?P<m>\d{1,2})(?:(?:\s?[/-]\s?|\.)(?P<y>\d{4}))?(?![\d%/]|[.,]\d)"
    r"|(?P<d2>\d{1,2})\s+tháng\s+(?P<m2>\d{1,2})(?:\s*(?:năm|,|/|-)\s*(?P<y2>\d{4}))?"
)
_PARTS_OF_DAYS = frozenset(("/", "-", ".", "tháng"))
"""Behind the first number of a day stands one of these, if no point is in it."""
_LEAD = re.compile(
    r"(?:(?:sáng|chiều|tối|trưa|đêm)(?:\s+(?:ngày|hôm nay|hôm qua|hôm|nay|qua|cùng ngày))?[ ,(]*(?:ngày |mùng |mồng )?|ngày\s+(?:mùng )?|hôm\s+(?:nay|qua)?[ ,(]*(?:ngày )?|\(\s?)\Z"
)
# A period begins with one of these phrases, or with a number before "tháng" or "năm"; the pattern is tried nowhere else.
_BEGINS = Phrases(
    lambda: (
        (word, "period")
        for word in (
            "nhiệm kỳ",
            "từ",
            "các năm",
            "trong",
            "giai đoạn",
            "đầu",
            "tính",
            "đến",
            "tới",
            "hai năm",
            "ba năm",
            "bốn năm",
            "năm",
            "quý",
            "tháng",
            "cùng kỳ",
            "nửa đầu",
            "nửa cuối",
            "lũy kế",
            "cuối",
            *(f"{number} tháng" for number in ("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười", "mười một")),
        )
    )
)

_PERIOD = re.compile(  # no period runs on over the end of a line
    r"(?P<term>nhiệm kỳ[^\S\n]+(?:giai đoạn[^\S\n]+)?\(?(?P<t1>\d{4})[^\S\n]?[-–][^\S\n]?(?P<t2>\d{4})\)?(?P<tn>[^\S\n]+(?:đến|tới) nay)?)"
    r"|(?P<span>từ[^\S\n]+(?:(?:ngày[^\S\n]+)?(?P<fd>\d{1,2})[/.-](?=\d{1,2}[/.-]\d{4}))?(?:(?:tháng[^\S\n]+)?(?P<fm>\d{1,2})[/.-])?(?:năm[^\S\n]+)?(?P<fy>\d{4})[^\S\n]+(?:-|đến|tới)[^\S\n]*(?:(?P<now>nay)|(?:hết[^\S\n]+)?(?:(?:ngày[^\S\n]+)?(?P<td>\d{1,2})[/.-](?=\d{1,2}[/.-]\d{4}))?(?:(?:tháng[^\S\n]+)?(?P<tm>\d{1,2})[/.-])?(?:năm[^\S\n]+)?(?P<ty>\d{4})))"
    r"|(?P<years>(?:các[^\S\n]+năm|trong[^\S\n]+các[^\S\n]+năm|giai đoạn|từ[^\S\n]+năm|(?:\d|hai|ba|bốn)[^\S\n]+năm)[^\S\n]+\(?(?P<y1>\d{4})[^\S\n]?-[^\S\n]?(?P<y2>\d{4})\)?)"
    r"|(?P<months>(?:từ[^\S\n]+)?(?:đầu[^\S\n]+(?:năm[^\S\n]+)?(?:(?:19|20)\d{2}[^\S\n]+)?|tháng[^\S\n]+0?1[^\S\n]+)(?:đến|tới)[^\S\n]+(?:hết[^\S\n]+|cuối[^\S\n]+|nay[^\S\n]+\()?(?:ngày[^\S\n]+\d{1,2}[/.-]|tháng[^\S\n]+)(?P<um>\d{1,2})[/.-](?P<uy>\d{4})\)?)"
    r"|(?P<total>lũy[^\S\n]+kế(?:[^\S\n]+từ[^\S\n]+đầu[^\S\n]+năm)?)"
    r"|(?P<ytd>(?:từ[^\S\n]+)?đầu[^\S\n]+(?:năm(?:[^\S\n]+(?P<yy>\d{4}))?|(?P<yb>(?:19|20)\d{2}))[^\S\n]+(?:đến|tới)[^\S\n]+(?:nay|(?:hết[^\S\n]+)?thời điểm này))"
    r"|(?P<asof>(?:tính[^\S\n]+)?(?:đến|tới)[^\S\n]+(?:(?:hết|cuối)[^\S\n]+)?(?:ngày[^\S\n]+(?P<ad>\d{1,2})[/.-](?P<am>\d{1,2})[/.-](?P<ay>\d{4})"
    r"|(?:thời điểm[^\S\n]+)?(?P<bd>\d{1,2})[/.-](?P<bm>\d{1,2})[/.-](?P<by>\d{4})|(?:hết|cuối)[^\S\n]+năm[^\S\n]+(?P<ey>\d{4})|(?:hết[^\S\n]+|cuối[^\S\n]+)?tháng[^\S\n]+(?P<em>\d{1,2})[/-](?P<emy>\d{4})))"
    r"|(?P<until>(?:tính[^\S\n]+(?:đến|tới)[^\S\n]+(?:hết[^\S\n]+)?|(?:đến|tới)[^\S\n]+(?:hết[^\S\n]+)?)ngày[^\S\n]+\d{1,2}[/.-]\d{1,2}(?![/.-]?\d))"
    r"|(?P<until_month>(?:tính[^\S\n]+)?(?:đến|tới)[^\S\n]+(?:hết|cuối)[^\S\n]+tháng[^\S\n]+(?P<hm>1[0-2]|0?[1-9])\b(?![^\S\n]*[/.-][^\S\n]*\d|[^\S\n]+năm))"
    r"|(?P<year_end>cuối[^\S\n]+năm[^\S\n]+(?P<cy>(?:19|20)\d{2}))"
    r"|(?P<half>(?:(?:6|06|sáu)[^\S\n]+tháng|nửa)[^\S\n]+(?P<which>đầu|cuối)[^\S\n]+(?:của[^\S\n]+)?năm(?:[^\S\n]+\(?(?P<hy>\d{4}))?)"
    r"|(?P<last_three>(?:3|03|ba)[^\S\n]+tháng[^\S\n]+cuối[^\S\n]+(?:của[^\S\n]+)?năm(?:[^\S\n]+\(?(?P<ly>\d{4}))?)"
    r"|(?P<so_far>(?P<mn>\d{1,2}|mười một|ba|chín|hai|bốn|năm|sáu|bảy|tám|mười)[^\S\n]+tháng(?:(?:[^\S\n]+đầu)?(?:[^\S\n]+của)?[^\S\n]+(?:năm(?:[^\S\n]+\(?(?P<my>\d{4}))?|qua\b)|(?=,)))"
    r"|(?P<quarter>quý[^\S\n]+(?P<q>iv|iii|ii|i|[1-4])\b(?:[^\S\n]*[/,-]?[^\S\n]*(?:năm[^\S\n]+)?(?P<qy>\d{4}))?)"
    r"|(?P<month>tháng[^\S\n]+(?P<om>\d{1,2})[^\S\n]*(?:[/.-]|[^\S\n]+năm[^\S\n]+)[^\S\n]*(?P<oy>\d{4}))"
    r"|(?P<month_alone>trong[^\S\n]+tháng[^\S\n]+(?P<am2>1[0-2]|0?[1-9])\b(?![^\S\n]*[/.-][^\S\n]*\d|[^\S\n]+năm))"
    r"|(?P<year>năm[^\S\n]+(?P<y>(?:19|20)\d{2})\b)"
    r"|(?P<this>năm[^\S\n]+nay|(?:trong[^\S\n]+)?(?:\d+[^\S\n]+)?năm[^\S\n]+(?:qua|vừa qua|vừa rồi)|(?:(?:từ[^\S\n]+)?đầu[^\S\n]+)?nhiệm[^\S\n]+kỳ[^\S\n]+(?:(?:đến|tới)[^\S\n]+nay|này|qua|vừa qua)|trong[^\S\n]+(?:cả[^\S\n]+)?nhiệm[^\S\n]+kỳ(?![^\S\n]+(?:\(?\d|tới|mới|sau|thứ|đại))|trong[^\S\n]+năm(?![^\S\n]+(?:\d|học|đầu|thứ))|trong[^\S\n]+quý(?![^\S\n]+(?:[1-4]|i{1,3}|iv)\b))\b"
    r"|(?P<last>năm[^\S\n]+(?:ngoái|trước)|cùng[^\S\n]+kỳ(?:[^\S\n]+(?:của[^\S\n]+)?(?:năm[^\S\n]+)?(?:ngoái|trước|\d{4}))?)"
)
# "tăng 30 so với năm 2016", "bằng 3,02% số đảng viên cuối năm 2016", "cao hơn nhiệm kỳ 2015-2020"; but "so với kế hoạch năm 2017" is of 2017.
_COMPARED = re.compile(
    r"\b(?:so(?: sánh)?(?: với)?(?: (?!(?:kế hoạch|chỉ tiêu|nghị quyết|mục tiêu)\b)[^\W\d_]+){0,9}"
    r"|(?:cao|thấp|nhiều|ít|tăng|giảm)? ?hơn(?: (?:với|của|cả|cùng kỳ|tháng|nhiệm kỳ|trước|các|những)){0,4}"
    r"|% (?:tổng )?số (?:đảng viên|đv)(?: (?:có|của|toàn|đảng bộ|huyện|tỉnh|xã|đầu|cuối|trong|đến|hiện có|vào|thời điểm)){0,8}"
    r")\s+\Z"
)
_COMPARING = ("so", "hơn", "%")
_COMPARED_WITHIN = 80
_POST_WITHIN = 160
# "triển khai nhiệm vụ năm 2018": what is told of that year has not happened.
_PLANNED = re.compile(
    r"(?:\b(?:triển khai|phương hướng|định hướng)\b|(?:\b(?:quý [ivx1-4]+|năm(?: \d{4})?)[^\S\n]?[,;]|\n|\b[ivx]+\.)[^\S\n]*nhiệm vụ)(?:[^.;:()\d]{0,40}\b(?:nhiệm vụ|phương hướng|công tác|giải pháp|kế hoạch))?"
    r"(?: (?:trọng tâm|chủ yếu|công tác|xây dựng đảng|trong|của|đảng))*\s+\Z"
)
# "Đại hội Đảng bộ xã lần thứ XII, nhiệm kỳ 2020-2025": the term that a congress opens; what is told is of the one before.
_OPENED = re.compile(
    r"(?<!nghị quyết )(?<!nghị quyết của )(?<!mục tiêu )(?<!kể từ )(?<!chỉ tiêu )(?<!từ )(?<!sau )\bđại hội(?: (?!nghị quyết\b|thực hiện\b)[^\W_]+| ?[,(]){0,14}[^\S\n]*,?[^\S\n]*\Z"
)
# "nguyên Bí thư Quận ủy Tân Phú nhiệm kỳ 2010-2015", "Hội nghị lần thứ 4 khóa X, nhiệm kỳ 2020-2025": of a post or a committee.
_OF_POST = re.compile(
    r"(?:\b(?:nguyên|bí thư|chủ tịch|ủy viên|ủy viên|giám đốc|trưởng|phó|chủ nhiệm)\b(?:,? (?!(?:cho|báo|trong|đã|từ|đến|đánh|khẳng|nêu)\b)[^\W\d_]+\.?|,? \d{1,2}\b| ?[-–]){0,24} "
    r"|\bkhóa [ivx\d]+ ?[,(]? ?"
    r"|(?:\bban chấp hành|\bban thường vụ|\bbch|\bbtv)(?: [^\W\d_]+){1,8} lần thứ [ivx\d]+ ?[,(]? ?)\Z"
)
_OF_RESOLUTION = re.compile(r"\bnghị quyết(?:,? (?!(?:trong|đã|từ)\b)[^\W\d_]+){0,14},? \(?\Z")
# "Chương trình kiểm tra, giám sát năm 2022": the year of a paper, which dates a number only where nothing else does.
_OF_PAPER = re.compile(
    r"\b(?:chương trình|quy chế|quy định|hướng dẫn|đề án|(?:kế hoạch|nghị quyết) (?:kiểm tra|giám sát|ktgs|công tác|thực hiện))(?:,? [^\W\d_]+){0,8}\s+\Z"
)
# "8 tháng, Đảng bộ kết nạp …": from January on only at the beginning of what is told.
_HEADING = re.compile(r"(?:\A|[\n.:;]\s*(?:[-+*]\s*)?|\b(?:trong|kết quả|qua) )\Z")
_LEADS = 10
_PAPERS = ("chương trình", "quy ", "hướng dẫn", "đề án", "kế hoạch", "nghị quyết")
_AHEAD = ("triển khai", "hướng", "nhiệm vụ")
_NUMBER = re.compile(r"\d+")
_EQUAL = re.compile(r"\b(?:bằng|với|tăng|giảm|so)\s+\Z")
_SEVERAL = re.compile(r"\b(?:những|nhiều|các|mấy|vài)\s+\Z")
_MONTH_WORDS = {
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

Sort = Literal["flow", "day", "relative", "paper", "planned", "opened", "last_year", "elsewhere"]


class Day(NamedTuple):
    """A calendar day as written. `year` is None where it is not said; `lead` are the words before it ("ngày", "sáng")."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    lead: str


class Period(NamedTuple):
    """A period as written. `value` is its canonical form, None where its year is not in the words themselves.

    `sort` is "day" for a count on a day, "flow" for what happened in a stretch of time, "relative" for words such as
    "năm qua" whose year must come from elsewhere, "paper" for the year of a programme or rule, "planned" for the time that a
    meeting looks forward to, "opened" for the term that a congress opens, "last_year" for the year before, when it
    tells its own numbers ("cùng kỳ năm trước kết nạp 98 đảng viên"), "elsewhere" for a comparison ("cùng kỳ") that dates nothing of the text.
    """

    start: int
    end: int
    value: str | None
    sort: Sort
    shape: str
    month: int | None = None


def _real(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def days(page: Page) -> list[Day]:
    """Every day written in the text. "9/13" is none: there is no thirteenth month."""
    out: list[Day] = []
    for i in page.digits:
        behind = page.words[i + 1] if i + 1 < len(page.words) else ""
        if not (behind in _PARTS_OF_DAYS or "." in page.words[i]):
            continue
        if (out and page.at[i] < out[-1].end) or not (m := _DAY.match(page.plain, page.at[i])):
            continue
        second = m["d2"] is not None
        d, month, y = (int(m["d2"]), int(m["m2"]), m["y2"]) if second else (int(m["d"]), int(m["m"]), m["y"])
        separator = "" if second else page.plain[m.start("d") + len(m["d"])]
        if not _real(d, month):
            continue
        before = _LEAD.search(page.plain, max(0, m.start() - 24), m.start())
        lead = before[0] if before else ""
        if separator == "." and y is None and not lead.strip(" (,"):
            continue
        start = m.start() - len(lead.lstrip(" ("))
        out.append(Day(start, m.end(), d, month, int(y) if y else None, lead.strip(" (,")))
    return out


def _compared(before: str) -> bool:
    """Whether a period behind these words is what a number is compared with. Most have none of its words, which is quick to see."""
    return any(map(before.__contains__, _COMPARING)) and _COMPARED.search(before) is not None


def periods(page: Page) -> list[Period]:
    """Every period written in the text."""
    out: list[Period] = []
    end = 0
    counts = [i for i in page.digits if page.words[i + 1 : i + 2] in (["tháng"], ["năm"])]
    for i in sorted({*counts, *page.places(_BEGINS).longest}):
        if page.at[i] < end:
            continue
        period = _year_alone(page, i)
        if period is None:
            found = _PERIOD.match(page.plain, page.at[i])
            period = _period(found) if found is not None else None
        if period is None:
            continue
        before = page.plain[max(0, period.start - _COMPARED_WITHIN) : period.start]
        written = page.plain[period.start : period.end]
        if period.shape == "so_far" and written.endswith("tháng") and not _HEADING.search(before[-_LEADS:]):
            continue  # "sau 8 tháng, …" is no stretch from January on
        if (
            period.shape == "until"
            and not written.startswith("tính")
            and "hết" not in written
            and not _HEADING.search(before[-_LEADS:])
        ):
            continue  # "từ ngày 12/10 đến ngày 14/10"
        out.append(_sorted(page, period, before))
        end = period.end
    return out


def _year_alone(page: Page, i: int) -> Period | None:
    """ "năm 2022": most periods are such a year, which needs no search."""
    words = page.words
    if words[i] != "năm" or i + 1 >= len(words):
        return None
    year = words[i + 1]
    if len(year) == 4 and year.isdecimal() and year.startswith(("19", "20")):
        return Period(page.at[i], page.to[i + 1], year, "flow", "year")
    return None


def _sorted(page: Page, period: Period, before: str) -> Period:
    """The period again, with what the words before it make of it."""
    if period.shape == "last":
        if not _compared(before) and not _EQUAL.search(before[-_LEADS:]):
            return period._replace(sort="last_year")
    elif period.shape == "year" and any(map(before.__contains__, _PAPERS)) and _OF_PAPER.search(before):
        return period._replace(sort="paper")
    elif period.sort in ("flow", "relative", "day"):
        if _compared(before) or (period.shape == "this" and _SEVERAL.search(before[-_LEADS:])):
            return period._replace(sort="elsewhere")
        if period.shape == "term" and "đại hội" in before and _OPENED.search(before):
            return period._replace(sort="opened")
        if period.shape in ("term", "years") and _OF_POST.search(
            page.plain, max(0, period.start - _POST_WITHIN), period.start
        ):
            return period._replace(sort="elsewhere")
        if period.shape == "term" and "nghị quyết" in before and _OF_RESOLUTION.search(before):
            return period._replace(sort="paper")
        if period.sort != "day" and any(map(before.__contains__, _AHEAD)) and _PLANNED.search(before):
            return period._replace(sort="planned")
    return period


def only_year(found: list[Period]) -> int | None:
    """The year that all years, halves, quarters, months and days of these periods are of; None where there are several."""
    years = {
        period.value[:4]
        for period in found
        if period.value
        and period.shape in _OF_ONE_YEAR
        and (
            period.sort not in ("elsewhere", "planned")
            or (period.sort == "planned" and period.value[4:] in _LAST_PARTS)
        )
    }
    return int(years.pop()) if len(years) == 1 else None


_LAST_PARTS = ("-H2", "-Q4", "-Q3")
"""What is planned for the rest of a year tells the year that is told of: "nhiệm vụ 3 tháng cuối năm 2023"."""
_OF_ONE_YEAR = frozenset(("months", "ytd", "asof", "year_end", "half", "so_far", "quarter", "month", "year"))


def _period(m: re.Match[str]) -> Period:
    shape = m.lastgroup or ""  # of all groups the one of the shape ends last
    value: str | None = None
    sort: Sort = "flow"
    month: int | None = None
    if shape == "term":
        value = f"{m['t1']}-{m['t2']}" + (" ytd" if m["tn"] else "")
    elif shape == "span":
        value = _month(m["fy"], m["fm"], m["fd"]) + ".." + ("now" if m["now"] else _month(m["ty"], m["tm"], m["td"]))
    elif shape == "years":
        value = f"{m['y1']}..{m['y2']}"
    elif shape == "total":
        pass  # "lũy kế": from January to the end of the quarter or month that is told of
    elif shape == "ytd":
        value = f"{m['yy'] or m['yb']} ytd" if m["yy"] or m["yb"] else None
    elif shape == "months":
        value = so_far(int(m["um"]), m["uy"])
    elif shape == "asof":
        value, sort = _day_of(m), "day"
    elif shape == "until":
        sort = "day"  # of the year that the text is of
    elif shape == "until_month":
        shape, month = "so_far", int(m["hm"])  # "đến hết tháng 11", of the year that the text is of
    elif shape == "year_end":
        value, sort = f"{m['cy']}-12-31", "day"
    elif shape == "half":
        value = f"{m['hy']}-{'H1' if m['which'] == 'đầu' else 'H2'}" if m["hy"] else None
        month = 6 if m["which"] == "đầu" else 12
    elif shape == "last_three":
        shape, month = "quarter", 4
        value = f"{m['ly']}-Q4" if m["ly"] else None
    elif shape == "month_alone":
        month = int(m["am2"])  # of the year that the text is of
    elif shape == "so_far":
        month = int(m["mn"]) if m["mn"].isdigit() else _MONTH_WORDS[m["mn"]]
        value = so_far(month, m["my"]) if m["my"] else None
    elif shape == "quarter":
        month = int(_ROMAN.get(m["q"], m["q"]))  # the quarter's number, for a year said elsewhere
        value = f"{m['qy']}-Q{month}" if m["qy"] else None
    elif shape == "month":
        value = f"{m['oy']}-{int(m['om']):02}" if 1 <= int(m["om"]) <= 12 else None
    elif shape == "year":
        value = m["y"]
    elif shape == "this":
        sort = "relative"
    else:
        sort = "elsewhere"
    return Period(m.start(), m.end(), value, sort, shape, month)


def so_far(month: int, year: str | int) -> str | None:
    """From January to a month: "2017-09 ytd"; six months are the first half, twelve the whole year."""
    if not 1 <= month <= 12:
        return None
    return f"{year}-H1" if month == 6 else str(year) if month == 12 else f"{year}-{month:02} ytd"


def day_of(words: str, year: int) -> str | None:
    """ "tính đến ngày 30/6" as a day of the year that the text is of."""
    day, month = (int(part) for part in _NUMBER.findall(words)[-2:])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _month(year: str, month: str | None, day: str | None = None) -> str:
    if not month or not 1 <= int(month) <= 12:
        return year
    of = f"{year}-{int(month):02}"
    return f"{of}-{int(day):02}" if day and 1 <= int(day) <= _LAST_DAYS[int(month) - 1] else of


def _day_of(m: re.Match[str]) -> str | None:
    if m["ey"]:
        return f"{m['ey']}-12-31"
    if m["emy"]:
        month = int(m["em"])
        return f"{m['emy']}-{month:02}-{_LAST_DAYS[month - 1]:02}" if 1 <= month <= 12 else None
    d, of, y = (m["ad"], m["am"], m["ay"]) if m["ad"] else (m["bd"], m["bm"], m["by"])
    try:
        return date(int(y), int(of), int(d)).isoformat()
    except ValueError:
        return None
