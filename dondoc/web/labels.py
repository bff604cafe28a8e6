"""What the fields of our forms are called, for giving back what was typed when an act is refused."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "text": _("Text"),
    "content": _("Text"),
    "body": _("Text"),
    "quote": _("Directive"),
    "product": _("Product"),
    "reason": _("Reason"),
    "note": _("Note"),
    "due_on": _("Deadline"),
    "review_on": _("Review day"),
    "deadline": _("Deadline"),
    "cadence": _("Reporting cadence"),
    "asked_until": _("Extension asked until"),
    "until": _("Until"),
    "title": _("Title"),
    "name": _("Name"),
    "value": _("Value"),
    "evidence": _("Evidence"),
    "link": _("Link"),
    "number": _("Number"),
    "symbol": _("Symbol"),
    "day": _("Day"),
    "on": _("Day"),
    "issued_on": _("Day of issue"),
    "receiver": _("Receiver"),
    "follower": _("Follower"),
    "verifier": _("Verifier"),
    "answerable": _("Answerable post"),
    "unit": _("Unit"),
    "username": _("Account name"),
}


def label(name: str) -> str:
    """The word of a field, also of one in a row of a table ("row-12-product"); a general word for one that is not listed."""
    last = name.rsplit("-", 1)[-1]
    return str(LABELS.get(last.removesuffix("_id"), _("Entered")))
