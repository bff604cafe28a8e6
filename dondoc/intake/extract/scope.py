"""The units that a text reports on, apart from those it only mentions."""

from bisect import bisect_right

from dondoc.intake.extract import units
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.reading import Fact, Finding, Span, Unit, UnitName
from dondoc.intake.extract.resolve import Named, key
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import PARTY

_COMMITTEE_WORDS = ("đảng", "ban", "btv", "bch", "tỉnh", "thành", "huyện", "quận", "thị", "thường", "cấp")
_LISTED = 4


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
    for finding in findings:
        add(finding.unit)
    starts = [sentence.first for sentence in story]
    told = [n for n in named if (k := bisect_right(starts, n.hit.first) - 1) >= 0 and n.hit.first < story[k].after]
    for n in [*_acting(page, told), *_listed(page, told)]:
        add(n.unit)
    if not listed:
        for n in named:
            if n.explicit and n.unit is not None and n.unit != PARTY and not n.hit.parent:
                add(n.unit)
                break
    places: dict[tuple[str, str], list[Span]] = {}
    doubtful: dict[tuple[str, str], tuple[UnitName, ...]] = {}
    for n in named:
        if n.unit is not None and n.hit.name and (name := _name(n.unit)) in listed:
            places.setdefault(name, []).append(page.token_span(n.hit.first, n.hit.after))
            if n.ambiguous:
                doubtful[name] = n.ambiguous
    return tuple(Unit(unit, tuple(places.get(name, ())), doubtful.get(name, ())) for name, unit in listed.items())


def _acting(page: Page, named: list[Named]) -> list[Named]:
    """The mentions of committees that act or are acted on in the story; not where somebody belongs, and no inspection commission."""
    out = []
    for n in named:
        hit = n.hit
        body = (
            hit.body
            and n.explicit
            and not hit.post
            and not hit.parent
            and units.level(hit.type) <= 4
            and hit.type in units.TERRITORIAL
        )
        before = page.words[hit.first - 1] if hit.first else ""
        if (
            body
            and page.words[hit.first] in _COMMITTEE_WORDS
            and before not in ("tại", "thuộc", "của", "ở", "các", "(")
        ):
            out.append(n)
    return out


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
