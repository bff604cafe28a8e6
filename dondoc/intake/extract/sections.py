"""The sections and lists of an office's paper: the mark that an item bears, and what a heading promises of the items under it."""

import re
from typing import Literal

from dondoc.intake.extract.reading import FindingKind
from dondoc.intake.extract.tokens import Page

Style = Literal["", "bullet", "digit", "letter", "roman", "words"]

_BULLETS = frozenset(("-", "+", "*", "•", "–"))
_ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))
_COUNTED = frozenset(("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "nhất", "tư"))
_LABEL = re.compile(
    r"\W*(?:(?:[ivx]+|\d+|[a-zđ])[.)/]\s*)?(?:về |những |một số |các |tuy nhiên, |nguyên nhân của )*"
    r"(?:(?P<hard>khó khăn|vướng mắc)|(?P<bad>hạn chế|tồn tại|khuyết điểm|yếu kém|thiếu sót|nguyên nhân (?:chủ quan|của hạn chế))|(?P<good>ưu điểm|kết quả nổi bật|kết quả đạt được|mặt làm được|mặt mạnh|mặt được))[^.;]{0,60}:?\s*\Z"
)
_ORDERS = re.compile(
    r"\W*(?:(?:[ivx]+|\d+|[a-zđ])[.)/]\s*)?(?:những |một số |các |về )*(?:nội dung |ý kiến )*"
    r"(?:yêu cầu|chỉ đạo|kết luận chỉ đạo|kiến nghị, yêu cầu|yêu cầu, kiến nghị|đề nghị, yêu cầu|đề nghị)(?:,? (?:đối với|của|và|kiến nghị|khắc phục|sau|trong)\b[^.;]{0,60})?:?\s*\Z"
)
_LEADS = re.compile(
    r"(?:,? (?:và|đồng thời|trong đó|cụ thể|nhất là|theo đó))?,?"
    r"(?:(?:\A| |, |, và | và )(?:cần|phải|tiếp tục|tập trung|quan tâm|chú trọng|làm tốt|thực hiện|triển khai|tổ chức|lãnh đạo|chỉ đạo|nghiêm túc|nghiêm|tốt|vào|hiệu quả|có hiệu quả|khẩn trương|đồng bộ|hoàn thành|giải quyết|lưu ý|bám sát|ngay|kịp thời|quyết liệt|thời gian tới|trong thời gian tới))*"
    r"(?:\A| )(?:các|những|một số|mấy|vào|với|\d+|hai|ba|bốn|năm|sáu|bảy) (?:nhóm )?(?:nội dung|việc|công việc|nhiệm vụ|vấn đề|điểm|giải pháp|yêu cầu|công tác|mặt công tác|khâu)"
    r"(?: (?:sau|sau đây|như|như sau|cụ thể|cụ thể như|trọng tâm|chủ yếu|chính|lớn|cơ bản|quan trọng|sau đây|và|giải pháp|nhiệm vụ|trong thời gian tới|thời gian tới|đó là|là|dưới đây|cần thiết|đột phá|trước mắt))*\s*\Z"
)

_TASKS_SET = re.compile(
    r"(?:các|những|một số|mấy|vào|\d+) (?:nhóm )?(?:nội dung|công việc|việc|nhiệm vụ|vấn đề|giải pháp|công tác)\b(?![^.;:]{0,80}\b(?:hạn chế|tồn tại|khuyết điểm|kết quả|ưu điểm|đã|thảo luận)\b)[^.;:]{0,110}:\s*\Z"
)
"""How what leads in a list of tasks ends."""
_TO_DO = re.compile(r"\b(?:trọng tâm|chủ yếu|cần|phải|tới|thực hiện|triển khai|tập trung)\b")
_LEAD_REACH = 250
"""So many letters before a colon at most lead in a list."""


def mark(page: Page, first: int, after: int) -> tuple[int, Style]:
    """The token after the mark of a list ("-", "1.", "a)", "Một là,") and the style of the mark."""
    words = page.words
    if first + 2 >= after:
        return first, ""
    word, behind = words[first], words[first + 1]
    if word in _BULLETS:
        return first + 1, "bullet"
    if word == "(" and words[first + 2] == ")":
        return first + 3, "digit" if behind.isdigit() else "letter"
    if behind in (".", ")", "/", "-"):
        if word.isdigit() and len(word) <= 2:
            return first + 2, "digit"
        if word in _ROMAN:
            return first + 2, "roman"
        if len(word) == 1 and word.isalpha():
            return first + 2, "letter"
    if (word in _COUNTED and behind == "là") or (word == "thứ" and behind in _COUNTED):
        return first + 2, "words"
    return first, ""


def labelled(text: str) -> FindingKind | None:
    """The kind of finding that a label or a heading promises: "Hạn chế, khuyết điểm", "Khó khăn, vướng mắc", "Ưu điểm"."""
    found = _LABEL.match(text)
    if found is None:
        return None
    return "difficulty" if found["hard"] else "criticism" if found["bad"] else "praise"


def promises_orders(text: str) -> bool:
    """Whether a heading leads in what is asked: "Yêu cầu đối với chi bộ", "Ý kiến chỉ đạo"."""
    return _ORDERS.match(text) is not None


def sets_tasks(text: str) -> bool:
    """Whether a sentence ends by leading in what is to be done: "một số công việc trọng tâm cần thực hiện, cụ thể như sau:"."""
    found = _TASKS_SET.search(text, max(0, len(text) - _LEAD_REACH)) if text.endswith(":") else None
    return found is not None and _TO_DO.search(text, found.start()) is not None


def leading_in(text: str) -> int | None:
    """Where, in the words before a colon, "và thực hiện tốt các nội dung sau" begins."""
    found = _LEADS.search(text, max(0, len(text) - _LEAD_REACH))
    return found.start() if found is not None else None
