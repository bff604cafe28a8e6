"""What a document carries, for its page (`WHAT_A_DOCUMENT_CARRIES`)."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from dondoc.accounts.actors import Actor
from dondoc.directives.asof import as_of
from dondoc.directives.models import Assignment
from dondoc.directives.queries import cards, visible_on
from dondoc.directives.services.from_document import KIND
from dondoc.documents.carried import Carried


def carried_by_document(actor: Actor, on: date, official: int, incoming: int) -> list[Carried]:
    """The assignments that were issued with a document, or come from a document in, of those that the person may see."""
    wanted = Q(document=official) if official else Q(directive__origin_kind=KIND, directive__origin_key=incoming)
    rows: list[Assignment] = list(visible_on(actor, on).filter(wanted).order_by("directive", "pk"))
    return [
        Carried(
            card.task,
            card.receiver.unit.name if card.receiver and card.receiver.unit else "",
            reverse("directives:assignment", args=[card.pk]),
            card.standing,
            card.due,
        )
        for card in as_of(cards(rows, on), on, actor.day)
    ]
