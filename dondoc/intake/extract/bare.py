"""Names of places that stand without their type word: "Sơn Tân kết nạp 5 đảng viên", "Hội An 110; Điện Bàn 150", "ở Ninh Sơn".

A name that the text gives a type elsewhere counts wherever it stands. The name of a district of the country counts only where
something shows that the district is meant: the beginning of a headline or clause, a row of such names, a word of place before it.
"""

from collections.abc import Iterator
from itertools import compress, count

from dondoc.intake.extract.capitals import proper
from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.tokens import Page, Phrases
from dondoc.intake.extract.units import TERRITORIAL, Hit, level, surnames

_TOLD = frozenset((":", "-", "–", ",", "có", "kết", "đã", "vừa", "tổ", "đạt", "triển", "thực", "hoàn", "tăng", "nâng", "chú", "đẩy", "xây", "trao", "tổng", "sơ", "tập", "phát", "thành", "khai", "còn", "là", "giới", "mở", "công", "thi", "kỷ", "xóa", "kiểm", "quan", "gần", "hơn", "trên", "đón", "bồi", "gặp", "phấn", "nỗ", "quyết", "ra", "làm", "họp", "khen", "biểu", "sắp", "sẽ", "cần", "giao", "tạo", "vượt", "lấy", "nhiều", "thêm"))  # fmt: skip
"""What may follow a place that begins a headline or a sentence of which it is the subject."""
_DEEDS = frozenset(("kết", "có", "đạt", "đã", "vừa", "tổ", "hoàn"))
_PLACE_BEFORE = frozenset(("ở", "tại", "về", "thuộc", "bộ", "ủy", "địa", "bàn", "như", "với", "riêng", "nhất", "là"))
_CALLED = frozenset(
    (
        "ông",
        "bà",
        "chí",
        "anh",
        "chị",
        "em",
        "cụ",
        "bác",
        "c",
        "họ",
        "tên",
        "đường",
        "phố",
        "sông",
        "núi",
        "cầu",
        "chợ",
        "hồ",
        "trường",
    )
)
_APART = frozenset((",", ";", ":", "và", "(", "-", "–", "/", "\n", "."))
_ENDS = frozenset((",", ";", "và", ")", ".", "(", "\n", ":", "…"))
_NEAR = 4
"""So many tokens may stand between two names of a row: "Hội An 110; Điện Bàn"."""
_LONGEST_KICKER = 4
_PERSON = 3
_SHORTEST = 2
_COMMUNE = 4
_NAMES = 80
"""So many names of a text are looked for elsewhere in it; a text that names more is a register."""


def _districts() -> Iterator[tuple[str, tuple[str, str]]]:
    types: dict[str, list[tuple[str, str]]] = {}
    for kind, names in lexicon("districts").items():
        for name in names:
            types.setdefault(name.lower(), []).append((kind, name))
    for written, meant in types.items():
        yield written, (meant[0][0] if len(meant) == 1 else "", meant[0][1])


DISTRICTS = Phrases(_districts)
"""Each district's name with its type, "" where districts of several types bear it, and the name as it is written."""


def bare(page: Page, hits: list[Hit]) -> list[Hit]:
    """The mentions again, with those of bare names among them, in the order of the text."""
    inside: set[int] = set()
    names: dict[str, list[tuple[str, ...]]] = {}
    for hit in hits:
        inside.update(range(hit.first, hit.after))
        if hit.name and hit.type in TERRITORIAL and len(names) < _NAMES:
            words = tuple(page.words[_name_from(page, hit) : hit.after])
            if len(words) >= 2 and words not in (known := names.setdefault(words[0], [])):
                known.append(words)
    added = _after_one_type(page, hits, inside) + _defined(page, hits, inside)
    for hit in added:
        inside.update(range(hit.first, hit.after))
    added += _again(page, inside, names) if names else []
    for hit in added:
        inside.update(range(hit.first, hit.after))
    candidates = [
        (i, after, *meant)
        for i, (meant, after) in page.places(DISTRICTS).longest.items()
        if i not in inside and _stands_alone(page, i, after)
    ]
    if candidates:
        near = sorted([hit.first for hit in (*hits, *added) if hit.name] + [c[0] for c in candidates])
        ends = {hit.after for hit in (*hits, *added) if hit.name} | {c[1] for c in candidates}
        starts = set(near)
        added += [
            Hit(i, after, kind, name) for i, after, kind, name in candidates if _evident(page, i, after, starts, ends)
        ]
        if added:
            added += _agencies_in_row(page, {hit.first: hit for hit in added})
    if not inside.intersection((0, 1)) and not any(hit.first == 0 for hit in added):
        added += _above_headline(page, hits) or _opening_headline(page, hits)
    return sorted([*hits, *added]) if added else hits


def _after_one_type(page: Page, hits: list[Hit], inside: set[int]) -> list[Hit]:
    """ "Đảng ủy phường Diên An, Hòa Phú và Vườn Mít": a row of communes that says its type word once, closed by "và"."""
    out: list[Hit] = []
    words = page.words
    for hit in hits:
        if (
            level(hit.type) != _COMMUNE
            or not hit.name
            or hit.group >= 0
            or words[hit.after : hit.after + 1] not in ([","], ["và"])
        ):
            continue
        row: list[Hit] = []
        at, closed = hit.after, False
        while not closed and at + 2 < len(words) and words[at] in (",", "và"):
            closed, first = words[at] == "và", at + 1
            after = first
            while (
                after < len(words)
                and after - first < _PERSON
                and page.capital(after)
                and after not in inside
                and words[after].isalpha()
            ):
                after += 1
            if (
                after - first < _SHORTEST
                or after in inside
                or (after < len(words) and page.capital(after))
                or first in page.places(DISTRICTS).longest
                or (after - first == _PERSON and words[first] in surnames())
            ):
                row = []
                break
            row.append(hit._replace(first=first, after=after, name=page.wording(first, after), above=None))
            at = after
        out += row if closed else []
    return out


def _defined(page: Page, hits: list[Hit], inside: set[int]) -> list[Hit]:
    """ "Hoằng Sơn là một xã nằm ở phía nam huyện A": a place that its sentence says the type of."""
    out: list[Hit] = []
    words = page.words
    for hit in hits:
        is_at = hit.first - 1 - (words[hit.first - 1 : hit.first] in (["một"], ["1"]))
        if hit.name or hit.type not in TERRITORIAL or hit.body or words[is_at : is_at + 1] != ["là"]:
            continue
        first = is_at
        while first > 0 and is_at - first < _PERSON and page.capital(first - 1) and first - 1 not in inside:
            first -= 1
        opens = first == 0 or "\n" in words[first - 1] or words[first - 1] in (".", ":", '"')
        if is_at - first >= _SHORTEST and opens:
            out.append(Hit(first, is_at, hit.type, page.wording(first, is_at)))
    return out


def _name_from(page: Page, hit: Hit) -> int:
    """The token at which the name of a mention begins, behind the type words."""
    written = page.wording(hit.first, hit.after)
    if "  " in written:
        return next(
            k for k in range(hit.first, hit.after) if proper(page, k, hit.after) == hit.name or k == hit.after - 1
        )
    wanted = len(written) - len(hit.name)
    return page.token_from(page.at[hit.first] + wanted)


def _again(page: Page, inside: set[int], names: dict[str, list[tuple[str, ...]]]) -> list[Hit]:
    """The names that the text has given a type, where they stand bare."""
    words = page.words
    out: list[Hit] = []
    done = 0
    for i in compress(count(), map(names.__contains__, words)):
        if i < done or i in inside:
            continue
        for name in sorted(names[words[i]], key=len, reverse=True):
            after = i + len(name)
            if tuple(words[i:after]) == name and after - 1 not in inside and _stands_alone(page, i, after):
                out.append(Hit(i, after, "", page.wording(i, after)))
                done = after
                break
    return out


def _stands_alone(page: Page, i: int, after: int) -> bool:
    """Whether the words i..after are capitalised and no part of a longer name, nor of a person's."""
    words = page.words
    if not page.capital(i) or not (page.capital(after - 1) or words[after - 2] == "'"):
        return False
    large = page.wording(i, i + 1).isupper() and len(words[i]) > 1
    if i > 0:
        before = words[i - 1]
        if before in _CALLED or (before[0].isalpha() and page.capital(i - 1) and (not large or before in surnames())):
            return False
    if after < len(words) and words[after][0].isalpha() and page.capital(after):
        return large
    if after < len(words) and words[after] == "'":
        return False
    return not (
        words[after : after + 1] == ["-"]
        and after + 1 < len(words)
        and page.capital(after + 1)
        and page.to[after] == page.at[after + 1]
    )


def _evident(page: Page, i: int, after: int, starts: set[int], ends: set[int]) -> bool:
    words = page.words
    following = words[after] if after < len(words) else "\n"
    before = words[i - 1] if i else "\n"
    if after - i >= 2:
        opens = "\n" in before or before in (".", ":", ";", ")")
        if opens and (following in _TOLD or following[0].isdigit()):
            return True
        if not i and "\n" in following:
            return True  # the place alone above the headline
        if before in _PLACE_BEFORE or (before == "," and following in _DEEDS):
            return True
    elif "\n" in before and following == ":":
        return True
    if before in (",", "và", ";") and i - 1 in ends:
        return True
    if not ("\n" in before or before in _APART or before in _PLACE_BEFORE or before in ("gồm", "huyện", "thị")):
        return False
    if not (following in _ENDS or "\n" in following or following[0].isdigit()):
        return False
    return any(i - k in ends for k in range(1, _NEAR)) or any(after + k in starts for k in range(1, _NEAR))


def _above_headline(page: Page, hits: list[Hit]) -> list[Hit]:
    """The place that stands alone in the first line, where the story only says "toàn huyện": of the type that it says."""
    words = page.words
    after = next((i for i in range(min(_LONGEST_KICKER + 1, len(words))) if not words[i][0].isalpha()), 0)
    if after < 2 or "\n" not in words[after] or not all(page.capital(i) for i in range(after)):
        return []
    if after == _PERSON and words[0] in surnames():
        return []
    named = {hit.type for hit in hits if hit.name}
    for hit in hits:
        if hit.type in TERRITORIAL and not hit.name and not hit.plural and (hit.whole or hit.committee):
            return [] if hit.type in named else [Hit(0, after, hit.type, page.wording(0, after))]
    return []


def _opening_headline(page: Page, hits: list[Hit]) -> list[Hit]:
    """ "Hòa Thuận tổng kết công tác xây dựng Đảng" above a story of "Đảng ủy xã" that names no commune: of the type that the story says."""
    words = page.words
    after = next((i for i in range(min(_LONGEST_KICKER + 1, len(words))) if not page.capital(i)), 0)
    if after < _SHORTEST or words[after] not in _TOLD or not words[after].isalpha() or words[0] in _CALLED:
        return []
    if after >= _PERSON and words[0] in surnames():
        return []
    communes = [hit for hit in hits if hit.type in TERRITORIAL and level(hit.type) == _COMMUNE]
    types = {hit.type for hit in communes if hit.body and not hit.plural}
    if len(types) != 1 or any(hit.name for hit in communes):
        return []
    return [Hit(0, after, types.pop(), page.wording(0, after))]


_IN_ROW = Phrases(lambda: ((words, "agency") for words in lexicon("units")["agencies_in_row"]))


def _agencies_in_row(page: Page, bare_names: dict[int, Hit]) -> list[Hit]:
    """ "… Tây Giang 80; Công an 12; Quân sự 29": agencies named shortly in a row behind places."""
    words, out = page.words, []
    ends = {hit.after for hit in bare_names.values()}
    for i, (_, after) in sorted(page.places(_IN_ROW).longest.items()):
        near = any(i - k in ends for k in range(1, _NEAR))
        if (
            near
            and page.capital(i)
            and words[i - 1] in (",", ";", "và")
            and after < len(words)
            and words[after][0].isdigit()
        ):
            out.append(Hit(i, after, "cơ quan", page.wording(i, after)))
            ends.add(after)
    return out
