"""Which kind of receiver the words for an addressee mean."""

import re

from dondoc.intake.extract.reading import Receivers

_LOCALITIES = re.compile(
    r"\b(?:các|từng|mỗi|những|hai|ba|bốn|năm|\d+) (?:địa phương|xã|phường|đảng bộ|đơn vị|đảng ủy|cấp ủy|chi bộ|huyện ủy|thành ủy|thị ủy|quận ủy|huyện|tổ chức đảng|tổ chức cơ sở đảng|đảng bộ, chi bộ|chi, đảng bộ|chi bộ, đảng bộ)|đảng ủy cơ sở|cấp ủy cơ sở"
)
_FRONTS = re.compile(
    r"mặt trận|mttq|đoàn thể|tổ chức chính trị - xã hội|đoàn thanh niên|hội nông dân|hội phụ nữ|hội liên hiệp phụ nữ|hội cựu chiến binh"
)
_HEADS = re.compile(
    r"người đứng đầu|thủ trưởng|bí thư (?:đảng ủy|chi bộ|cấp ủy|các)|trưởng (?:thôn|các)|lãnh đạo (?:các|chủ chốt)"
)


def receivers(words: str, named: bool) -> Receivers:
    """Which kind of receiver the words for the addressee mean. `named`: a unit is named in them."""
    if not words:
        return "none"
    fronts, localities = _FRONTS.search(words), _LOCALITIES.search(words)
    if fronts is not None and (localities is None or fronts.start() < localities.start()):
        return "fronts"
    if _HEADS.search(words):
        return "heads"
    if named:
        return "unit"
    return "localities" if _LOCALITIES.search(words) else "unit"
