"""Words of units that name no certain one: "các huyện ủy", "sinh hoạt chi bộ", and a province inside somebody's name."""

from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import surnames

OF_MANY = frozenset(("mỗi", "từng", "các", "số", "nhiều", "mọi", "những"))
"""Before a word that then means many units or any."""
_POST_WITHIN = 7
_POST_ENDS = frozenset(("thư", "tịch", "nhiệm", "trưởng", "viên"))
_NO_ONE_CELL = frozenset(("trực", "cơ", "đảng", "sinh", ",", "và", "ở", "tại"))


def one_of_many(page: Page, i: int, j: int) -> bool:
    """ "các huyện, thị, thành ủy": many committees together, none of them named."""
    if i == 0 or (j < len(page.words) and page.capital(j)):
        return False
    before = page.words[i - 1]
    return before in ("các", "những", "mỗi") or (
        before in (",", "và", "-", "/")
        and page.words[max(0, i - 2)] in ("huyện", "thị", "quận", "thành", "ủy")
        and "các" in page.words[max(0, i - 8) : i]
    )


def one_cell(words: list[str], i: int, following: str) -> bool:
    """Whether "chi bộ" is a certain one: not "các chi bộ", "sinh hoạt chi bộ", "chi bộ trực thuộc"."""
    before = words[i - 1] if i else ""
    if before in OF_MANY or before in ("hoạt", "thư") or following in _NO_ONE_CELL:
        return False
    return before not in (",", "và") or following in ("có", "đã", "chỉ", "kết", "được", "hiện", "luôn", "đạt")


def inside_name(page: Page, i: int, after: int) -> bool:
    """Whether a province's name is part of a longer name ("Chủ tịch Hồ Chí Minh", "Vũ Thái Bình")."""
    if page.words[i] == "hồ" and page.words[i + 1 : i + 2] == ["chí"]:
        return True
    if i > 0 and page.capital(i - 1) and page.words[i - 1] in surnames() | {"văn", "thị", "ngọc", "thanh"}:
        return True
    return (
        after < len(page.words)
        and page.capital(after)
        and page.words[after] not in surnames()
        and len(page.words[after]) > 1
    )


def behind_link(words: list[str], j: int) -> int | None:
    """The token behind "tại" or "đảng tại": "Chi bộ Đảng tại Công ty A" is the company's."""
    at = j + (words[j : j + 1] == ["đảng"])
    return at + 1 if words[at : at + 1] in (["tại"], ["ở"]) else None


def holder(words: list[str], i: int) -> bool:
    """Whether a post stands before the committee that ends at i: "Phó Bí thư Tỉnh ủy Lê Bình"; then a name of two words is the holder's."""
    at = i - 1
    while at >= 0 and i - at <= _POST_WITHIN and words[at][0].isalnum():
        if words[at] in _POST_ENDS and (words[at] != "ủy" or words[at + 1 : at + 2] == ["viên"]):
            return True
        at -= 1
    return False
