"""The units of the invented province, who holds their posts, what they adopted, and what is reorganised in mid-year."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from .owed import Duty, Regulation
from .workdays import FIRST

COMMUNES, CELLS = 65, 900
MERGED_ON, DISSOLVED_ON = date(2026, 7, 15), date(2026, 9, 10)
CHANGED_ON = date(2026, 7, 1)


@dataclass
class Unit:
    """A unit, how it behaves, and its days; `since` is the first day of its decline."""

    code: str
    kind: str
    name: str
    parent: str | None
    conduct: str = "diligent"
    since: date | None = None
    ends: date | None = None
    vacant: bool = False
    signed_in: bool = True


COMMUNE = [
    Duty("regulation", "Ban hành quy chế làm việc", "document", {"once": 60}),
    Duty("yearly_programme", "Chương trình công tác năm", "programme", {"every": 12, "month": 1, "day": 31}),
    Duty("inspection_programme", "Chương trình kiểm tra, giám sát", "inspection_programme", {"every": 12, "month": 1, "day": 31}),
    Duty("inspection", "Thực hiện các cuộc kiểm tra, giám sát", "inspection", {"every": 3, "month": 3, "day": 31}, 10, "inspection"),
    Duty("committee_meeting", "Họp Ban Chấp hành", "committee_meeting", {"every": 3, "month": 3, "day": 31}),
    Duty("committee_papers", "Gửi tài liệu trước hội nghị", "papers", {"around": "committee_meeting", "days": -3}, 0, "clerk"),
    Duty("standing_meeting", "Họp Ban Thường vụ", "standing_meeting", {"every": 1, "month": 1, "day": 31}),
    Duty("briefing", "Giao ban hằng tuần", "briefing", {"weekday": 4}, 3),
    Duty("notice", "Thông báo kết luận sau hội nghị", "notice", {"around": "committee_meeting", "days": 5, "working": True}, 0, "clerk"),
    Duty("attends_cell", "Cấp ủy viên dự sinh hoạt chi bộ", "attends_cell", {"every": 3, "month": 3, "day": 31}),
    Duty("monthly_report", "Báo cáo tháng", "report", {"every": 1, "month": 2, "day": 5}, 0, "clerk"),
    Duty("reception", "Tiếp công dân", "reception", {"every": 1, "month": 1, "day": 31}),
    Duty("dialogue", "Đối thoại với nhân dân", "dialogue", {"every": 12, "month": 12, "day": 31}),
    Duty("conference", "Hội nghị đảng bộ", "conference", {"every": 6, "month": 6, "day": 31}, 15),
    Duty("review", "Kiểm điểm, xếp loại năm", "review", {"every": 12, "month": 12, "day": 31}, 15),
    Duty("regulation_review", "Kiểm điểm thực hiện quy chế", "regulation_review", {"every": 6, "month": 6, "day": 31}, 15),
]  # fmt: skip
CELL = [
    Duty("cell_papers", "Gửi nội dung trước kỳ sinh hoạt", "papers", {"around": "cell_meeting", "days": -1}),
    Duty("cell_meeting", "Sinh hoạt chi bộ thường kỳ", "cell_meeting", {"every": 1, "month": 1, "day": 31}),
    Duty("thematic_meeting", "Sinh hoạt chuyên đề", "thematic_meeting", {"every": 3, "month": 3, "day": 31}),
    Duty("cell_conclusion", "Kết luận của kỳ sinh hoạt", "notice", {"around": "cell_meeting", "days": 3, "working": True}),
    Duty("cell_report", "Báo cáo tháng", "report", {"every": 1, "month": 2, "day": 3}),
    Duty("dues", "Thu, nộp đảng phí", "declared", {"every": 1, "month": 1, "day": 31}, 5),
    Duty("cell_review", "Kiểm điểm, xếp loại năm", "review", {"every": 12, "month": 12, "day": 15}),
]  # fmt: skip


def units(chance: Random) -> list[Unit]:
    """The province, its communes and cells; some diligent, some forgetful, some declining from a day on, some reporting without doing."""
    found = [Unit("tinh", "province", "Tỉnh Mẫu", None)]
    found += [Unit(f"xa-{n:02}", "commune", f"Xã {n:02}", "tinh") for n in range(COMMUNES)]
    found += [Unit(f"cb-{n:03}", "cell", f"Chi bộ {n:03}", f"xa-{n % COMMUNES:02}") for n in range(CELLS)]
    for unit in found[1:]:
        dice = chance.random()
        unit.conduct = (
            "forgetful" if dice < 0.25 else "declining" if dice < 0.33 else "forging" if dice < 0.38 else "diligent"
        )
        if unit.conduct == "declining":
            unit.since = FIRST + timedelta(days=chance.randrange(75, 200))
        unit.vacant = chance.random() < 0.03
        unit.signed_in = chance.random() < 0.93
        if unit.kind == "cell" and chance.random() < 0.005:
            unit.ends = date(2026, chance.randrange(4, 12), 16)
    by_code = {unit.code: unit for unit in found}
    by_code["xa-64"].ends, by_code["xa-63"].ends = MERGED_ON, DISSOLVED_ON
    return found


def reorganisations(all_units: list[Unit]) -> list[dict[str, object]]:
    """A commune goes whole into another; one is divided up and ends; single cells end."""
    found: list[dict[str, object]] = [
        {"on": MERGED_ON, "what": "merge", "unit": "xa-64", "into": "xa-00"},
        *(
            {"on": DISSOLVED_ON, "what": "move", "unit": unit.code, "into": "xa-01"}
            for unit in all_units
            if unit.parent == "xa-63" and (unit.ends is None or unit.ends > DISSOLVED_ON)
        ),
        {"on": DISSOLVED_ON, "what": "dissolve", "unit": "xa-63"},
    ]
    cells = [unit for unit in all_units if unit.kind == "cell" and unit.ends is not None]
    found += [{"on": unit.ends, "what": "dissolve", "unit": unit.code} for unit in cells]
    return sorted(found, key=lambda one: str(one["on"]))


def regulations(unit: Unit, chance: Random) -> list[Regulation]:
    """What a unit adopted: most before the year, some in the middle of it, some never, some change theirs on 1 July."""
    dice = chance.random()
    if unit.kind == "province" or dice < 0.03:
        return []
    duties = list(COMMUNE if unit.kind == "commune" else CELL)
    if unit.kind == "cell" and chance.random() < 0.2:
        # An agency's cell: its report is due by the quarter.
        duties = [
            replace(one, cadence={"every": 3, "month": 4, "day": 5}) if one.code == "cell_report" else one
            for one in duties
        ]
    if dice < 0.10:
        adopted = date(2026, chance.randrange(2, 9), chance.randrange(3, 25))
        return [Regulation(unit.code, adopted, adopted, duties)]
    first = Regulation(unit.code, FIRST, date(2025, 12, 29), duties)
    if dice < 0.20:
        stricter = [
            replace(one, cadence={"every": 1, "month": 1, "day": 31})
            if one.code == "committee_meeting"
            else replace(one, grace=3)
            if one.evidence == "report"
            else one
            for one in duties
            if "once" not in one.cadence
        ]
        first.until = CHANGED_ON
        return [first, Regulation(unit.code, CHANGED_ON, date(2026, 6, 24), stricter)]
    return [first]
