"""The unit that a text is of, before its story names any."""

from dondoc.intake.extract.reading import UnitName
from dondoc.intake.extract.resolve import Named
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import PARTY, Hit, level


def is_place(page: Page, hit: Hit) -> bool:
    """Whether a bare name only says where something was held: "Ngày 28-12, tại Hà Nội, đã diễn ra …"."""
    if (
        hit.body
        or page.wording(hit.first, hit.after) != hit.name
        or hit.first == 0
        or page.words[hit.first - 1] not in ("tại", "ở")
    ):
        return False
    return page.words[hit.after : hit.after + 1] == [","] or page.words[hit.after : hit.after + 2] in (
        ["đã", "diễn"],
        ["diễn", "ra"],
    )


def first_named(page: Page, named: list[Named]) -> UnitName | None:
    """Before any unit is named in the story: the first that is named anywhere, posts last."""
    if _of_whole_party(page, named):
        return PARTY
    if _issued_below(page, named):
        return named[1].unit
    for post in (False, True):
        for n in named:
            if (
                n.unit is not None
                and n.unit != PARTY
                and n.hit.post is post
                and not (n.hit.parent or n.hit.aside)
                and n.explicit
                and not is_place(page, n.hit)
            ):
                return n.unit
    told = [n for n in named if n.unit is not None and not n.hit.aside]
    others = (n.unit for n in told if n.unit != PARTY and not n.hit.post)
    return next(others, None) or next((n.unit for n in told), None)


def _issued_below(page: Page, named: list[Named]) -> bool:
    """Whether a paper opens with the superior body and, on the next line, the one that issues it."""
    if len(named) < 2 or not (
        named[0].hit.first == 0 and named[0].hit.body and named[1].hit.body and named[1].explicit
    ):
        return False
    upper, lower = named[0].unit, named[1].unit
    between = page.words[named[0].hit.after : named[1].hit.first]
    return (
        upper is not None
        and lower is not None
        and level(upper.type) < level(lower.type)
        and len(between) == 1
        and "\n" in between[0]
    )


def _of_whole_party(page: Page, named: list[Named]) -> bool:
    """ "Ủy ban Kiểm tra Trung ương tổ chức hội nghị toàn quốc …" in a local paper: the figures are those of the Party."""
    first = next((n.unit for n in named if n.unit is not None and not n.hit.post and not n.hit.parent), None)
    return first == PARTY and "hội nghị toàn quốc" in page.plain
