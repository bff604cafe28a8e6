"""The units that a text reports on, apart from those it only mentions."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from dondoc.intake.extract import units
from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.reading import Fact, Finding, Span, Unit, UnitName
from dondoc.intake.extract.resolve import Named, key
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import PARTY

_COMMITTEE_WORDS = ("đảng", "ban", "btv", "bch", "tỉnh", "thành", "huyện", "quận", "thị", "thường", "cấp")
_LISTED = 4
_LOWEST = 4
_APART = 4
_HAS_WITHIN = 6
_SESSION_WITHIN = 4
"""So many sentences of the story may pass until a session is told of."""
_SESSION = re.compile(
    r"\blàm việc (?:trực tiếp |trực tuyến )?(?:với|tại) "
    r"|\bvề (?:kiểm tra|giám sát|dự sinh hoạt|dự đại hội)(?: với| cùng)? (?=(?:chi bộ|đảng bộ|đảng ủy) )"
    r"|\b(?:giám sát|kiểm tra|khảo sát|nắm tình hình)\b[^.;]{0,160}? (?:tại|đối với) (?=(?:tập thể )?(?:ban thường vụ|ban chấp hành|đảng ủy|đảng bộ|huyện ủy|thị ủy|thành ủy|quận ủy|tỉnh ủy)\b)"
)
_SESSION_TOPIC = re.compile(r" (?:về|để|nhằm|liên quan|xoay quanh|trước|sau khi)\b|;")
_HEADLINE_DEEDS = frozenset(("kết", "hướng", "có", "đạt", "hoàn", "kỷ", "thi", "xóa", "vượt", "đã", "tổng", "sơ"))
_ORGANISATIONS = re.compile(
    r"\b(?:đối với|kết luận|kiểm tra|giám sát|kỷ luật)(?: (?!xã|của)[^\W\d_]+){0,4}"
    r" (?:(?:\d+|các|những|một số|nhiều|hàng loạt) )?(?:(?:tập thể|tổ chức đảng|cấp ủy)|(?:(?<= các )|(?<= số )|(?<=ững )|(?<=iều )|(?<=oạt ))(?:cán bộ|đảng viên|cá nhân))"
    r"(?:,? (?:và |cùng )?(?:các |một số |những |nhiều |\d+ )?(?:cá nhân|đảng viên|cán bộ)){0,2}"
    r"(?:,? (?:có )?(?:vi phạm|khuyết điểm|sai phạm)){0,2} (?:thuộc|tại|ở) \Z"
)
_ORGANISATIONS_WITHIN = 140
_PUNISHED = re.compile(
    r"\b(?:kỷ luật|khiển trách|cảnh cáo|phê bình|kiểm tra|giám sát|vi phạm|giải tán|khen thưởng|biểu dương|đại hội|đại hội đại biểu)"
    r"(?: (?:bằng|hình thức|mức|kỷ luật|khiển trách|cảnh cáo|nghiêm khắc|rút kinh nghiệm|tập thể|các|và|là|gồm|\d+ tổ chức đảng|tổ chức đảng)){0,6}(?: (?:đối với|với|gồm))?(?: tập thể)?:? \Z"
)
_PUNISHED_WITHIN = 90
_OPENING = 10
"""So many tokens may stand before the subject of a sentence."""
_DEEDS = frozenset(
    ("long", "trang", "vinh", "chính", "tổ", "đã", "vừa", "có", "kết", "triển", "thực", "ban", "công", "trao", "đạt", "họp", "tặng", "lãnh", "tiến", "hoàn", "luôn", "sẽ", "chỉ", "xây", "thành", "phát", "tập", "khai", "hiện", "thống", "quyết", "kỷ", "khiển", "cảnh", "thi", "kiểm", "giám", "xem", "chọn", "giao", "phê", "biểu", "khen", "thông", "mở", "phối", "phấn", "duy", "chú", "quan", "tăng", "đẩy", "nâng", "là", "gồm", "được", "bị", "còn", "chưa", "cũng", "đang", "báo", "bầu", "ra", "tham", "phải", "không", "cần", "rút", "vi")
)  # fmt: skip
"""What a body that stands first in its sentence does."""


_CONGRESS = 6
_BRACKETED = 10
_TO_A_CONGRESS = frozenset(
    ("của", "tới", "đến", "vào", "về", "tại", "trình", "mừng", "dự", "từ", "sau", "trước", "theo", "quyết", "kiện")
)
_BESIDE = frozenset(
    ("tại", "thuộc", "của", "ở", "các", "(", "như", "được", "về", "sang", "từ", "đến", "tiêu", "tới", "vào", "qua", "bởi", "do", "nguyên", "bộ", "viên", "phòng", "ban", "trình", "mừng", "dự", "sau", "trước", "quyết", "kiện", "phía", "diện", "dựng")
)  # fmt: skip
"""Before a committee that is only named beside: where somebody is, belongs, goes, or whose paper it is."""


def reported_on(
    page: Page, sentences: list[Sentence], named: list[Named], facts: tuple[Fact, ...], findings: tuple[Finding, ...]
) -> tuple[Unit, ...]:  # fmt: skip
    """The units of the lead's session, of the facts and of the findings, and the committees that act in the story."""
    listed: dict[tuple[str, str], UnitName] = {}

    def add(unit: UnitName | str | None) -> None:
        if isinstance(unit, UnitName):
            listed.setdefault(_name(unit), unit)

    story = [s for s in sentences if s.kind == "story"]
    if story:
        partners = (_worked_with(page, sentence, named) for sentence in story[:_SESSION_WITHIN])
        for n in next((found for found in partners if found), []):
            add(n.unit)
        for sentence in story[_SESSION_WITHIN:]:
            if page.words[sentence.first : sentence.first + 3] == ["làm", "việc", "với"]:
                for n in _worked_with(page, sentence, named):
                    add(n.unit)
    for fact in facts:
        add(fact.unit)
    more = [
        f.unit
        for f in findings
        if isinstance(f.unit, UnitName) and f.unit.type != "vùng" and _name(f.unit) not in listed
    ]
    if more:
        # "trang của Đảng ủy xã A", "nơi như xã A": said beside, not reported on.
        beside = ("của", "như")
        known = {
            _name(n.unit)
            for n in named
            if n.unit and not n.hit.parent and page.words[max(0, n.hit.first - 1)] not in beside
        }
        for unit in sorted(more, key=lambda unit: units.level(unit.type) > _LOWEST):
            # A hamlet or a cell is judged as a part of its commune where that is reported on.
            if _name(unit) in known and (units.level(unit.type) <= _LOWEST or not listed):
                add(unit)
    if not (listed or facts or findings or any(words in page.plain for words in lexicon("units")["party_work"])):
        return ()  # the committee lays a wreath, or opens a festival: nothing is reported of the Party's own work
    if named and _heads(page, named[0]):
        add(named[0].unit)
    starts = [sentence.first for sentence in story]
    told = [n for n in named if (k := bisect_right(starts, n.hit.first) - 1) >= 0 and n.hit.first < story[k].after]
    for n in [*_acting(page, told, frozenset(_openings(page, story))), *_listed(page, told), *_inspected(page, told)]:
        # A superior without a name that decides something is reported on only where the lead tells of it.
        if n.unit is not None and (n.unit.name != n.unit.type or not listed or n.hit.first < story[0].after):
            add(n.unit)
    for n in _row_mates(page, told, set(listed)):
        add(n.unit)
    if not listed:
        beside_story = {i for s in sentences if _written_by(page, s) for i in range(s.first, s.after)}
        add(_first(page, [n for n in named if n.hit.first not in beside_story]))
    places: dict[tuple[str, str], list[Span]] = {}
    doubtful: dict[tuple[str, str], tuple[UnitName, ...]] = {}
    for n in named:
        if n.unit is not None and n.hit.name and (name := _name(n.unit)) in listed:
            places.setdefault(name, []).append(page.token_span(n.hit.first, n.hit.after))
            if n.ambiguous:
                doubtful[name] = n.ambiguous
    return tuple(Unit(unit, tuple(places.get(name, ())), doubtful.get(name, ())) for name, unit in listed.items())


def _written_by(page: Page, sentence: Sentence) -> bool:
    """Whether a line names the writer or the day: not one in capitals, which may be the head of an office paper."""
    if sentence.kind not in ("byline", "dateline"):
        return False
    return not page.wording(sentence.first, sentence.after).isupper()


def _worked_with(page: Page, lead: Sentence, named: list[Named]) -> list[Named]:
    """With whom the lead says that somebody worked, up to what it was about. Where it names none, the committee that did."""
    text = page.plain[page.at[lead.first] : page.to[lead.after - 1]]
    found = _SESSION.search(text)
    if found is None:
        return []
    begins, ends = page.at[lead.first] + found.end(), page.at[lead.first] + len(text)
    topic = _SESSION_TOPIC.search(page.plain, begins, ends)
    ends = topic.start() if topic else ends
    told = [n for n in named if n.unit not in (None, PARTY) and not n.hit.parent]
    spoken = [n for n in told if not n.hit.post and begins <= page.at[n.hit.first] < ends]
    partners = [n for n in spoken if n.explicit] or [n for n in spoken if n.hit.body]
    for k in range(1, len(partners)):
        between = page.words[partners[k - 1].hit.after : partners[k].hit.first]
        if len(between) > _APART or "của" in between:
            partners = partners[:k]  # "với Đảng ủy xã A, … việc thực hiện chủ đề của Thành phố B"
            break
    hosts = [
        n for n in told if n.hit.body and not n.hit.post and lead.first <= n.hit.first and page.at[n.hit.first] < begins
    ]
    return partners or hosts[:1]


def _heads(page: Page, n: Named) -> bool:
    """Whether the headline begins with what a place did: "Hà Tĩnh hoàn thành đại hội cơ sở"."""
    after = n.hit.after
    begins = n.hit.first == 0 and n.explicit and n.unit != PARTY and not (n.hit.post or n.hit.body)
    return begins and after < len(page.words) and page.words[after] in _HEADLINE_DEEDS


def _openings(page: Page, story: list[Sentence]) -> Iterator[int]:
    """Where the subject of each sentence may stand: at its beginning, and behind "Sáng 4/7," and the like."""
    for sentence in story:
        yield sentence.first
        for i in range(sentence.first + 1, min(sentence.first + _OPENING, sentence.after - 1)):
            if page.words[i] == ",":
                yield i + 1


def _first(page: Page, named: list[Named]) -> UnitName | None:
    """Where nothing else shows it: the first body that is named and no place, else the first that is not, else the first place."""
    known = [n for n in named if n.unit is not None and n.unit != PARTY and not n.hit.parent and n.unit.type != "vùng"]
    bodies = [n for n in known if n.hit.body and not n.hit.post and n.unit is not None and n.unit.name != n.unit.type]
    bodies = [
        n
        for n in bodies
        if not n.hit.first or page.words[n.hit.first - 1] not in ("của", "thuộc", "như", "và", "tại", "ở")
    ]
    committees = [
        n for n in known if n.hit.body and n.hit.type and (not n.hit.post or units.level(n.hit.type) <= _LOWEST)
    ]
    places = [
        n
        for n in known
        if n.explicit and (not n.hit.first or page.words[n.hit.first - 1] not in ("tại", "ở", "của", "như"))
    ]
    headed = [n for n in places if not n.hit.first and not n.hit.post]
    for found in (
        headed,
        bodies,
        committees,
        [n for n in places if not n.hit.post],
        [
            n
            for n in known
            if n.hit.type and not (n.explicit and not n.hit.body and _takes_place(page.words, n.hit.first))
        ],
        places,
    ):
        if found:
            return found[0].unit
    return None


def _has_members(words: list[str], n: Named, starts: frozenset[int]) -> bool:
    """Whether a place is told to have members: "Đến nay, TP. A có gần 4.100 đảng viên thuộc các cơ quan tỉnh"."""
    hit = n.hit
    if hit.first not in starts or not n.explicit or hit.parent or hit.type not in units.TERRITORIAL:
        return False
    told = words[hit.after : hit.after + _HAS_WITHIN]
    return told[:1] in (["có"], ["hiện"]) and any(pair == ("đảng", "viên") for pair in pairwise(told))


def _takes_place(words: list[str], first: int) -> bool:
    """ "diễn ra tại Hà Nội", "tổ chức tại Hà Nội": only where it was."""
    return words[max(0, first - 3) : first] in (["diễn", "ra", "tại"], ["tổ", "chức", "tại"], ["diễn", "ra", "ở"])


def _acting(page: Page, named: list[Named], starts: frozenset[int]) -> list[Named]:
    """The mentions of committees that act or are acted on in the story; not where somebody belongs, and no inspection commission."""
    out = []
    words = page.words
    beside: set[int] = set()
    dealt: set[int] = set()
    row_ends = {n.hit.group: n.hit.after for n in named if n.hit.group >= 0}
    for n in named:
        hit = n.hit
        if n.unit == PARTY and _before(words, hit.first) in _BESIDE:
            beside.add(hit.after)
        inspects = not n.explicit and (words[hit.first] == "ubkt" or words[hit.first : hit.first + 2] == ["ủy", "ban"])
        if (
            not ((hit.body or hit.type == "đoàn thể") and n.unit is not None)
            or inspects
            or hit.post
            or hit.parent
            or units.level(hit.type) > _LOWEST
        ):
            if _has_members(words, n, starts):
                out.append(n)
            continue
        clause = hit.first in starts or (n.explicit and hit.first > 0 and words[hit.first - 1] == ",")
        behind = _behind(page, max(hit.after, row_ends.get(hit.group, 0))) if clause else hit.after
        if clause and behind < len(words) and words[behind] in _DEEDS:
            # "Huyện ủy đã tặng …", "Đảng bộ Công an tỉnh có …": the subject of its sentence, named or not.
            out.append(n)
        elif n.explicit and hit.type in ("cơ quan", "khối"):
            joined = bool(out) and words[out[-1].hit.after : hit.first] in ([","], ["và"]) and words[hit.first] != "chi"
            if joined or _dealt_with(page, hit.first, dealt):
                out.append(n)
                dealt.add(hit.after)
        elif n.explicit and hit.type in units.TERRITORIAL and words[hit.first] in _COMMITTEE_WORDS:
            before = _before(words, hit.first)
            in_row = before in (",", "và", ";") and hit.first - 1 in beside
            example = before in (",", "và") and not in_row and not _told(words, hit.after)
            addressed = (
                before == "với" and hit.first - 2 in starts and words[hit.after : hit.after + 1] == [","]
            )  # "Đối với Huyện ủy A, …"
            founded = before == "lập" and words[hit.first - 3 : hit.first - 2] == [
                "ngày"
            ]  # "96 năm Ngày thành lập Đảng bộ …"
            if before in _BESIDE or in_row or founded:
                beside.add(hit.after)  # "tại Huyện ủy A, Huyện ủy B": where the first only lies, the next do too
            elif not example and not addressed:
                out.append(n)
    groups = {n.hit.group for n in out} - {-1}
    if not groups:
        return out
    firsts = {n.hit.first for n in out}
    return [n for n in named if n.hit.first in firsts or n.hit.group in groups]


def _before(words: list[str], first: int) -> str:
    """The word before a committee; where it stands behind "đại hội", the one before that, if the congress is only gone to or spoken of."""
    at = first - 1
    while at > 0 and first - at <= _CONGRESS and words[at] in ("đại", "hội", "biểu"):
        at -= 1
    if at < first - 1 and words[at] not in _TO_A_CONGRESS:
        return words[first - 1]
    return words[at] if at >= 0 else ""


def _behind(page: Page, after: int) -> int:
    """The token behind the larger place in brackets that may follow a name: "Đảng bộ phường A (TP. B) tổ chức …"."""
    words = page.words
    if words[after : after + 1] != ["("]:
        return after
    end = next((k for k in range(after + 1, min(after + _BRACKETED, len(words))) if words[k] == ")"), None)
    return after if end is None else end + 1


def _dealt_with(page: Page, first: int, dealt: set[int]) -> bool:
    """Whether a body of an agency is punished, criticised or inspected: "kỷ luật cảnh cáo Ban Thường vụ Đảng ủy Cục A"; no office of a district."""
    words = page.words
    if (
        words[first] == "chi"
        or words[first - 1 : first] == ["bộ"]
        or words[first : first + 4] == ["đảng", "ủy", "bộ", "phận"]
    ):
        return False
    if words[first - 1 : first] in ([","], ["và"], [";"]) and first - 1 in dealt:
        return True
    start = page.at[first]
    return _PUNISHED.search(page.plain, max(0, start - _PUNISHED_WITHIN), start) is not None


def _inspected(page: Page, named: list[Named]) -> list[Named]:
    """ "kiểm tra các tổ chức đảng thuộc Đảng bộ quận A, huyện B và huyện C": the places whose organisations are spoken of."""
    out: list[Named] = []
    words, row = page.words, -1
    for n in named:
        hit = n.hit
        if not (
            n.explicit and n.unit is not None and hit.type in units.TERRITORIAL and not hit.post and not hit.parent
        ):
            continue
        joined = row >= 0 and words[row : hit.first] in ([","], ["và"], [";"])
        if joined or (
            words[hit.first - 1 : hit.first] in (["thuộc"], ["tại"], ["ở"])
            and _ORGANISATIONS.search(
                page.plain, max(0, page.at[hit.first] - _ORGANISATIONS_WITHIN), page.at[hit.first]
            )
        ):
            out.append(n)
            row = hit.after
        else:
            row = -1
    return out


def _row_mates(page: Page, named: list[Named], listed: set[tuple[str, str]]) -> list[Named]:
    """ "Đảng bộ huyện A, huyện B và Đảng bộ Khối C thực hiện khá tốt": where one of a row is reported on, all are."""
    out: list[Named] = []
    row: list[Named] = []
    for n in [*(n for n in named if n.explicit and not n.hit.parent), None]:
        begins = n is not None and row and n.hit.body and not row[0].hit.body  # "tại TP. A, Đảng ủy các xã B, C"
        if n is not None and row and not begins and page.words[row[-1].hit.after : n.hit.first] in ([","], ["và"], []):
            row.append(n)
            continue
        if len(row) > 1 and row[0].hit.body and _before(page.words, row[0].hit.first) not in _BESIDE:
            units_of = [m.unit for m in row if m.unit is not None]
            if any(_name(unit) in listed for unit in units_of):
                out += [m for m in row if m.unit is not None and not m.hit.post]
        row = [n] if n is not None and not n.hit.post else []
    return out


def _told(words: list[str], after: int) -> bool:
    return after < len(words) and words[after][0].isalpha()


def _listed(page: Page, named: list[Named]) -> list[Named]:
    """Units told one after the other behind "gồm" or a colon."""
    out: list[Named] = []
    run: list[Named] = []
    for n in [*named, None]:
        linked = n is not None and run and page.words[run[-1].hit.after : n.hit.first] in ([","], ["và"], [";"], [])
        if linked and n is not None:
            run.append(n)
            continue
        if len(run) >= _LISTED and page.words[run[0].hit.first - 1] in (":", "gồm"):
            out += [m for m in run if m.explicit]
        run = [n] if n is not None else []
    return out


def _name(unit: UnitName) -> tuple[str, str]:
    return unit.type, key(unit.name)
