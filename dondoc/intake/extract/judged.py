"""One finding, the rules that find it, and how a text names shortcomings and difficulties or leads in a list of them."""

import re
from dataclasses import dataclass

from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.units import Hit

PRAISED = rule("finding.praised", "đánh giá cao, ghi nhận, biểu dương")
BLAMED = rule("finding.blamed", "phê bình, chỉ rõ hạn chế")
TROUBLED = rule("finding.difficulty_named", "khó khăn được nêu")
JUDGED_BAD = rule("finding.judged_lacking", "nhận xét về hạn chế, yếu kém")
JUDGED_GOOD = rule("finding.judged_good", "nhận xét về kết quả tốt")
JUDGED_HARD = rule("finding.judged_hard", "nhận xét về khó khăn, vướng mắc")
CONCLUDED = rule("finding.concluded", "kết luận kiểm tra về vi phạm, khuyết điểm của tổ chức")

LISTS = re.compile(
    r"(?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém|thiếu sót|bất cập|(?:nội dung|mặt|vấn đề|điểm|việc)(?= cần)|nguyên nhân)"
    r"(?: (?:ở|của|trong|tại|trên|đối với) [^.;:,]{2,60}(?=, (?:đó là|cụ thể là) ))?"
    r"(?:,? (?:như|sau|sau đây|đó là|cụ thể|cần khắc phục|cần rút kinh nghiệm|khuyết điểm|tồn tại|hạn chế|vướng mắc|nhất định|nêu trên|trên))*(?:\s*:|,? (?:như|đó là|cụ thể là),?(?=\s))\s*"
)
_LEADING_IN = (":", " như", " đó là", " cụ thể là")
"""One of these stands in all that leads in a list."""
NAMED_ABSENT = re.compile(
    r"(?:rõ |được |những |các |một số |nhiều |nguyên nhân |của )*(?:bất cập|thiếu sót|sai sót|khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém)(?:, (?:khó khăn|vướng mắc|hạn chế|tồn tại|khuyết điểm|yếu kém|bất cập)| (?:cần|của|trong|mà|còn tồn tại|và|để|nhằm|từ đó|đang)\b(?:(?! là | chưa | còn ).)*|, nguyên nhân)*\Z"
    r"|\A(?:những |các |một số |nhiều )?(?:mặt|điểm|nội dung|vấn đề|việc|lĩnh vực) (?:mà |còn |cần |chưa |làm |được,? |và |, )*(?:yếu|hạn chế|tồn tại|khuyết điểm|bất cập|được|thiếu sót|khắc phục|rút kinh nghiệm)(?:(?! là | chưa | còn |:).)*\Z"
)
HEADING = 14


def lists(text: str) -> re.Match[str] | None:
    """Where a text leads in a list of shortcomings or difficulties: "còn một số hạn chế như"."""
    return LISTS.search(text) if any(map(text.__contains__, _LEADING_IN)) else None


@dataclass(slots=True)
class Judged:
    """One finding: its kind, the letters it covers, the tokens of the unit it is about (None: not said in it)."""

    kind: FindingKind
    start: int
    end: int
    rule: str
    unit_hits: list[Hit]
    by_before: int
