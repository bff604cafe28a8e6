"""What follows for duties from reorganisations: who has ended owes nothing more, and owes it again where that is revoked."""

from collections.abc import Iterable, Sequence

from dondoc.history.services import Act
from dondoc.organisations.models import Reorganisation

from .models import Opening
from .services.judging import rejudge


def on_reorganised(reorganisations: Sequence[Reorganisation], units: Iterable[int], act: Act) -> None:
    """Judge what the affected units owe anew, and look again at what begins for them."""
    concerned = sorted(set(units))
    Opening.objects.filter(version__unit__in=concerned).update(next_on=act.day)
    rejudge(concerned, act)
