"""What is said twice is said once: a lead that sums up the story, a caption that repeats it."""

from itertools import pairwise
from typing import TypeVar

from dondoc.intake.extract.reading import Directive, Finding, UnitName
from dondoc.intake.extract.tokens import Page

Said = TypeVar("Said", Finding, Directive)

_REMEMBERED = 120
"""So many statements back a repetition is looked for."""
_SHORT = 6
"""Of longer statements the words have to stand in the same order: many verdicts have the same words."""


def once(page: Page, said: list[Said], lead: int) -> list[Said]:
    """Without what is said a second time: a lead that sums up the story (it ends at `lead`), a caption that repeats it."""
    if len(said) < 2:
        return said
    words = [set(page.plain_of(one.span).split()) for one in said]
    pairs = [set(pairwise(page.plain_of(one.span).split())) for one in said]
    kinds = [one.kind if isinstance(one, Finding) else None for one in said]
    out: list[int] = []
    led = said[0].span.end <= lead
    for i, one in enumerate(said):
        mine, summed, twin = words[i], None, None
        for k in out[-_REMEMBERED:]:
            if kinds[i] != kinds[k]:
                continue
            if (
                twin is None
                and len(mine & words[k]) * 4 >= 3 * min(len(mine), len(words[k]))
                and (
                    min(len(mine), len(words[k])) <= _SHORT
                    or len(pairs[i] & pairs[k]) * 9 >= 5 * min(len(pairs[i]), len(pairs[k]))
                )
            ):
                twin = k
            if led and summed is None and lead < one.span.start and said[k].span.end <= lead:
                summed = k if _sums_up(one, said[k], mine, words[k]) else None
        if summed is not None:
            out.remove(summed)
            out.append(i)
        elif twin is None:
            out.append(i)
        elif len(words[i]) > len(words[twin]):
            out[out.index(twin)] = i
    return [said[i] for i in sorted(out)]


def _sums_up(one: Said, lead: Said, words: set[str], lead_words: set[str]) -> bool:
    """Whether the lead says beforehand what the story says: half of its words, or the same order's addressee and speaker."""
    if len(words & lead_words) * 2 > len(lead_words):
        return True
    if isinstance(one, Directive) and isinstance(lead, Directive) and one.by == lead.by:
        to, before = (str(x.to.name if isinstance(x.to, UnitName) else x.to or "") for x in (one, lead))
        return bool(before) and to.startswith(before)
    return False
