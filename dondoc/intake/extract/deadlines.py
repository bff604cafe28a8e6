"""Until when, and how often, something is asked for."""

import re

_DEADLINE = re.compile(
    r"(?:trước|chậm nhất(?: là| vào| đến)?|hạn chót(?: là)?|đến|xong trước|muộn nhất(?: là)?|trong|hoàn thành trong|ngay trong)\s+(?:hết\s+)?(?:ngày\s+)?"
    r"(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})(?:\s?[/.-]\s?(?P<y>\d{4}))?|(?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2})(?: năm (?P<y2>\d{4}))?"
    r"|(?:hết |cuối )?tháng (?P<tm>\d{1,2})(?:\s?[/-]\s?|\s+năm\s+)(?P<ty>\d{4})|(?:hết |cuối )?tháng (?P<om>\d{1,2})\b|(?:hết |cuối )?năm (?P<ny>\d{4})"
    r"|(?P<quarter>(?:hết |cuối )?quý (?:iv|iii|ii|i|[1-4])\b)(?:[ /-]*(?:năm )?(?P<qy>\d{4}))?)"
)
_DIGIT = re.compile(r"\d")
"""A digit or "quý" is in every deadline: most clauses have none, and are not searched further."""
_CADENCE = re.compile(
    r"\b(?:hàng|hằng|mỗi) (?:tuần|tháng|quý|năm|ngày)|định kỳ(?: (?:hàng|hằng|mỗi|\d+) (?:tuần|tháng|quý|năm))?"
)
_REGULAR = re.compile(
    r"thường xuyên|hàng (?:tuần|tháng|quý|năm|ngày)|hằng (?:tuần|tháng|quý|năm|ngày)|mỗi (?:tuần|tháng|quý)|định kỳ|tiếp tục|duy trì"
)
_OFTEN = ("thường xuyên", "hàng ", "hằng ", "mỗi ", "định kỳ", "tiếp tục", "duy trì")
"""One of these stands in every cadence."""


def deadline(text: str) -> tuple[str, int, int] | None:
    """The deadline in a clause, as written in the gold form, with its place."""
    found = _DEADLINE.search(text) if "quý " in text or _DIGIT.search(text) else None
    if found is None:
        return None
    d, m, y = (found["d"], found["m"], found["y"]) if found["d"] else (found["d2"], found["m2"], found["y2"])
    if d:
        if not (1 <= int(d) <= 31 and 1 <= int(m) <= 12):
            return None
        value = f"{y or 'XXXX'}-{int(m):02}-{int(d):02}"
    elif found["tm"] or found["om"]:
        value = f"{found['ty'] or 'XXXX'}-{int(found['tm'] or found['om']):02}"
    elif found["ny"]:
        value = found["ny"]
    else:
        quarter = found["quarter"].split()[-1].upper()
        value = f"quý {quarter}" + (f"/{found['qy']}" if found["qy"] else "")
    return value, found.start(), found.end()


def cadence(text: str) -> tuple[bool, str | None]:
    """Whether a clause asks for something again and again, and its words for how often."""
    if not any(map(text.__contains__, _OFTEN)):
        return False, None
    words = _CADENCE.search(text)
    return _REGULAR.search(text) is not None, words[0] if words else None
