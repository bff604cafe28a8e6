"""The search box: units by name, with and without marks; sessions and directives by their words."""

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render

from dondoc.accounts.acts import PageRequest, reads
from dondoc.accounts.queries import scope
from dondoc.directives import queries as directives
from dondoc.lib.vietnamese import folded
from dondoc.organisations import queries as organisations
from dondoc.organisations.models import UnitName

SHOWN = 20


@reads
def search(request: PageRequest) -> HttpResponse:
    """What the words find in the person's scope."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    found: dict[str, object] = {"words": words}
    if words:
        names = UnitName.objects.filter(unit=OuterRef("pk"), folded__contains=folded(words)).order_by("-valid_from")
        units = scope(request.actor).annotate(key=Subquery(names.values("sort_key")[:1])).exclude(key=None)
        keys = list(units.order_by("key").values_list("pk", flat=True)[: SHOWN + 1])
        labels = organisations.labels(keys, request.on)
        assignments = (
            directives.visible(request.actor).filter(folded__contains=folded(words)).order_by("-issued_on", "-pk")
        )
        found |= {
            "units": [labels[key] for key in keys[:SHOWN]],
            "more_units": len(keys) > SHOWN,
            "cards": directives.cards(assignments[:SHOWN], request.on),
        }
    return render(request, "overview/search.html", found)
