"""Verdicts on counted organisations: "kết luận 03 chi bộ thực hiện tốt, 02 chi bộ còn khuyết điểm", "9/9 đơn vị đều đạt"."""

import re
from typing import NamedTuple

from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.unjudged import PLANNING, PLANS

_ORGANISATION = r"(?:tổ chức(?: cơ sở)?(?: đảng)?|chi,? đảng bộ|chi bộ|đảng bộ|chi ủy|đảng ủy|ban chi ủy|cấp ủy|đơn vị|cơ quan,? đơn vị|cơ quan|xã|phường|ubkt|ủy ban kiểm tra|ban thường vụ)"
_MEMBERS = r"(?:cá nhân|đảng viên|đồng chí|cấp ủy viên)"
_COUNT = r"\d+(?:/\d+)?"
_WELL = r"(?:(?:đã |cơ bản |đều )*(?:thực hiện|chấp hành|làm|triển khai|lãnh đạo)(?: [^,;.:\d]{0,60}?)? (?:khá tốt|tốt|nghiêm túc|nghiêm|đúng quy định|đầy đủ|hiệu quả)|(?:đã |cơ bản |đều )*(?:thực hiện|chấp hành) (?:tốt|nghiêm túc|nghiêm|đầy đủ|đúng) [^,;.:\d]{3,60}?|(?:có|đã có) (?:nhiều )?ưu điểm)"
_LACKING = r"(?:thực hiện chưa (?:tốt|nghiêm|đầy đủ|đúng quy định)|chưa (?:làm tốt|thực hiện tốt|thực hiện nghiêm)|còn (?:có )?(?:những |một số |nhiều )?(?:thiếu sót|khuyết điểm|hạn chế|tồn tại|thiếu sót)(?:(?:, | và | )(?:thiếu sót|khuyết điểm|hạn chế|tồn tại))*)"
_VERDICT = re.compile(
    rf"(?:(?<=\A)|(?<=[\s,;:(]))(?P<said>{_COUNT} {_ORGANISATION}\b(?:(?! còn | chưa | thực hiện | chấp hành | có | bị | phải )[^,;.:\d]){{0,50}}"
    rf"(?:(?:,| và|, và) {_COUNT} (?:{_ORGANISATION}|{_MEMBERS})(?:(?! còn | chưa | thực hiện | chấp hành | có | bị | phải )[^,;.:\d]){{0,40}})*"
    rf" (?:(?P<good>{_WELL})|(?P<bad>{_LACKING})))(?=\Z|\s*[,;.:(]|\s(?:và|nên|nhưng|song|trong)\s)"
)
_ALL = re.compile(
    rf"(?P<said>\b(?P<n>\d+)/(?P=n) {_ORGANISATION}\b[^,;.:\d]{{0,60}}? (?:đều (?:đạt|hoàn thành|thực hiện|chấp hành|được xếp loại)|(?:đạt|hoàn thành) (?:vững mạnh|trong sạch|tốt|xuất sắc))[^,;.:\d]{{0,80}}(?:\"[^\".;]{{1,60}}\")?)"
)
_TOLD_BY = ("kết luận", "qua kiểm tra", "qua giám sát", "cho thấy", "nhận thấy", "đánh giá", "kết quả")

_WHOLE = ("đều ", "đạt ", "hoàn thành ")
"""One of these stands in all that `_ALL` finds."""


class Counted(NamedTuple):
    """One verdict: what it says, and its letters."""

    kind: FindingKind
    start: int
    end: int


def counted(text: str) -> list[Counted]:
    """The verdicts on counted organisations in one sentence, letters counted from its beginning."""
    out: list[Counted] = []
    if any(sign in text for sign in _TOLD_BY):
        for found in _VERDICT.finditer(text):
            kind: FindingKind = "praise" if found["good"] else "criticism"
            out.append(Counted(kind, found.start("said"), found.end("said")))
    if not out and "/" in text and any(sign in text for sign in _WHOLE):
        out = [Counted("praise", found.start("said"), found.end("said")) for found in _ALL.finditer(text)]
    # "… đề ra một số chỉ tiêu như: 11/11 chi bộ hoàn thành tốt nhiệm vụ": to be reached.
    ahead = PLANS.search(text) if out and any(map(text.__contains__, PLANNING)) else None
    return out if ahead is None else [one for one in out if one.end <= ahead.start()]
