"""The units that an office writes to and hears from, by the names that people write."""

import re
from collections.abc import Callable
from datetime import date

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dondoc.lib.vietnamese import folded
from dondoc.organisations.models import Ancestry, UnitName
from dondoc.organisations.queries import Label, children, labels, superiors

Named = Callable[[str], int | list[str] | None]
"""A name as it was written → the unit, the whole names of several that it may be, or None where it is none of them."""


def units_near(unit: int, on: date, *, above: bool = True) -> Named:
    """Looks names up among the units above (if wanted) and below this one; a whole name wins over a short one, one above over one below."""
    over = Ancestry.objects.on(on).filter(descendant=unit).values("ancestor")
    below = Ancestry.objects.on(on).filter(ancestor=unit).values("descendant")
    known = UnitName.objects.on(on).exclude(unit=unit)

    def named(written: str) -> int | list[str] | None:
        # Documents name the committee, the tree names its organisation: "Đảng ủy xã Sơn Tân" is "Đảng bộ xã Sơn Tân".
        # And people leave both away: "xã Sơn Tân".
        name = re.sub(r"\Adang uy ", "dang bo ", folded(written)[:200])
        if not name:
            return None
        for among in (Q(unit__in=over), Q(unit__in=below))[0 if above else 1 :]:
            for field, wanted in (("folded", name), ("folded_short", name), ("folded", f"dang bo {name}")):
                fits = list(known.filter(among, **{field: wanted}).values_list("unit", "name")[:6])
                if len(fits) == 1:
                    return int(fits[0][0])
                if fits:
                    return [name for _unit, name in fits]
        return None

    return named


def several(written: str, names: list[str]) -> forms.ValidationError:
    """What is said of a name that may be several units."""
    return forms.ValidationError(
        _("“%(text)s” may be several units: %(names)s. Write the whole name."),
        params={"text": written, "names": "; ".join(names)},
    )


def likely(unit: int, on: date, *, above: bool = True) -> list[Label]:
    """The units that come to mind first: those above this one (if wanted), nearest first, and those directly below."""
    keys = [*(superiors(unit, on) if above else ()), *children(unit, on)]
    named = labels(keys, on)
    return [named[key] for key in keys if key in named]


def each_line(typed: str, units: Named) -> list[tuple[int | None, str]]:
    """Of a list that was typed, a line each: the unit that it names, or its words. What may be several units is a ValidationError."""
    found: list[tuple[int | None, str]] = []
    for line in typed.splitlines():
        words = " ".join(line.strip().strip("-;.").split())
        if not words:
            continue
        unit = units(words)
        if isinstance(unit, list):
            raise several(words, unit)
        found.append((unit, "" if unit else words[:200]))
    return found
