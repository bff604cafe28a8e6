"""The units that a text reports on, apart from those it only mentions."""

from bisect import bisect_right
from collections.abc import Iterator

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
_HEADLINE_DEEDS = frozenset(("kết", "hướng", "có", "đạt", "hoàn", "kỷ", "thi", "xóa", "vượt", "đã", "tổng", "sơ"))
_OPENING = 10
"""So many tokens may stand before the subject of a sentence."""
_DEEDS = frozenset(
    ("tổ", "đã", "vừa", "có", "kết", "triển", "thực", "ban", "công", "trao", "đạt", "họp", "tặng", "lãnh", "tiến", "hoàn", "luôn", "sẽ", "chỉ", "xây", "thành", "phát", "tập", "khai", "hiện", "thống", "quyết")
)  # fmt: skip
"""What a body that stands first in its sentence does."""


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
        lead = page.plain[page.at[story[0].first] : page.to[story[0].after - 1]]
        at = lead.find("làm việc với")
        if at >= 0:
            begins = page.at[story[0].first] + at
            for n in named:
                if (
                    n.explicit
                    and n.unit is not None
                    and not n.hit.post
                    and not n.hit.parent
                    and begins <= page.at[n.hit.first] < begins + len(lead) - at
                ):
                    add(n.unit)
    for fact in facts:
        add(fact.unit)
    more = [f.unit for f in findings if isinstance(f.unit, UnitName) and _name(f.unit) not in listed]
    if more:
        # "trang của Đảng ủy xã A", "nơi như xã A": said beside, not reported on.
        beside = ("của", "như")
        known = {_name(n.unit) for n in named if n.unit and page.words[max(0, n.hit.first - 1)] not in beside}
        for unit in more:
            if _name(unit) in known:
                add(unit)
    if not (listed or facts or findings or any(words in page.plain for words in lexicon("units")["party_work"])):
        return ()  # the committee lays a wreath, or opens a festival: nothing is reported of the Party's own work
    if named and _heads(page, named[0]):
        add(named[0].unit)
    starts = [sentence.first for sentence in story]
    told = [n for n in named if (k := bisect_right(starts, n.hit.first) - 1) >= 0 and n.hit.first < story[k].after]
    for n in [*_acting(page, told, frozenset(_openings(page, story))), *_listed(page, told)]:
        add(n.unit)
    if not listed:
        add(_first(page, named))
    places: dict[tuple[str, str], list[Span]] = {}
    doubtful: dict[tuple[str, str], tuple[UnitName, ...]] = {}
    for n in named:
        if n.unit is not None and n.hit.name and (name := _name(n.unit)) in listed:
            places.setdefault(name, []).append(page.token_span(n.hit.first, n.hit.after))
            if n.ambiguous:
                doubtful[name] = n.ambiguous
    return tuple(Unit(unit, tuple(places.get(name, ())), doubtful.get(name, ())) for name, unit in listed.items())


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
    known = [n for n in named if n.unit is not None and n.unit != PARTY and not n.hit.parent]
    bodies = [n for n in known if n.hit.body and not n.hit.post and n.unit is not None and n.unit.name != n.unit.type]
    bodies = [n for n in bodies if not n.hit.first or page.words[n.hit.first - 1] not in ("của", "thuộc", "như", "và")]
    committees = [n for n in known if n.hit.body and n.hit.type]
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
        [n for n in known if n.hit.type],
        places,
    ):
        if found:
            return found[0].unit
    return None


def _acting(page: Page, named: list[Named], starts: frozenset[int]) -> list[Named]:
    """The mentions of committees that act or are acted on in the story; not where somebody belongs, and no inspection commission."""
    out = []
    words = page.words
    for n in named:
        hit = n.hit
        inspects = not n.explicit and (words[hit.first] == "ubkt" or words[hit.first : hit.first + 2] == ["ủy", "ban"])
        if (
            not ((hit.body or hit.type == "đoàn thể") and n.unit is not None)
            or inspects
            or hit.post
            or hit.parent
            or units.level(hit.type) > _LOWEST
        ):
            continue
        clause = hit.first in starts or (n.explicit and hit.first > 0 and words[hit.first - 1] == ",")
        if clause and hit.after < len(words) and words[hit.after] in _DEEDS:
            # "Huyện ủy đã tặng …", "Đảng bộ Công an tỉnh có …": the subject of its sentence, named or not.
            out.append(n)
        elif n.explicit and hit.type in units.TERRITORIAL and words[hit.first] in _COMMITTEE_WORDS:
            before = words[hit.first - 1] if hit.first else ""
            example = before in (",", "và") and not _told(words, hit.after)
            addressed = before == "với" and words[hit.after : hit.after + 1] == [","]  # "Đối với Huyện ủy A, …"
            if before not in ("tại", "thuộc", "của", "ở", "các", "(", "như", "được") and not example and not addressed:
                out.append(n)
    groups = {n.hit.group for n in out} - {-1}
    if not groups:
        return out
    firsts = {n.hit.first for n in out}
    return [n for n in named if n.hit.first in firsts or n.hit.group in groups]


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
