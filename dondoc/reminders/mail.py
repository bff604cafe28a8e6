"""Sending digests by e-mail: marked before, sent, marked after, each committed by itself.

After a crash in between it is not known whether the message went out: it is sent once more, with the same Message-ID, and never a third time.
"""

import smtplib
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from dondoc.directives.texts import STEPS as ASSIGNMENT_STEPS
from dondoc.lib import wording
from dondoc.obligations.texts import STEPS as DUTY_STEPS

from . import rules
from .models import Choice, Digest
from .texts import KINDS

State = Digest.State


def send_due(now: datetime) -> int:
    """Send what is ready, and what a killed run left; returns how many went out. Nothing where no mail server is set."""
    if not settings.EMAIL_HOST:
        return 0
    stale = Q(state=State.SENDING, claimed_at__lt=now - rules.CLAIM)
    due = Digest.objects.filter(Q(state=State.READY, try_at__lte=now) | stale)
    return sum(_send(key, now) for key in due.order_by("day", "pk").values_list("pk", flat=True))


def _send(key: int, now: datetime) -> bool:
    ready = Digest.objects.filter(pk=key, state=State.READY, try_at__lte=now)
    if not ready.update(state=State.SENDING, claimed_at=now):
        stale = Digest.objects.filter(pk=key, state=State.SENDING, claimed_at__lt=now - rules.CLAIM)
        # It may have gone out twice by now: that is enough.
        if stale.filter(uncertain=True).update(state=State.FAILED, error="uncertain"):
            return False
        if not stale.update(claimed_at=now, uncertain=True):
            return False
    digest = Digest.objects.get(pk=key)
    digest.attempts += 1
    choice = Choice.objects.filter(account=digest.account_id, by_mail=True).exclude(address="").first()
    if choice is None:
        _mark(digest, State.QUIET)
        return False
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException):
        _again(digest, "away", now)
        return False
    try:
        connection.send_messages([message(digest, choice.address)])
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError):
        # The server may have taken it before it fell silent.
        if digest.uncertain:
            _mark(digest, State.FAILED, error="uncertain")
        else:
            digest.uncertain = True
            _again(digest, "uncertain", now)
        return False
    except smtplib.SMTPRecipientsRefused as refused:
        lasting = all(code >= 500 for code, _said in refused.recipients.values())
        if lasting:
            _mark(digest, State.FAILED, error="refused")
        else:
            _again(digest, "refused", now)
        return False
    except (OSError, smtplib.SMTPException):
        _again(digest, "away", now)
        return False
    _mark(digest, State.SENT, sent_at=now)
    # What the server says when we leave changes nothing any more.
    connection.close()
    return True


def _again(digest: Digest, error: str, now: datetime) -> None:
    wait = rules.pause(digest.attempts)
    if wait is None:
        _mark(digest, State.FAILED, error=error)
    else:
        _mark(digest, State.READY, error=error, try_at=now + wait)


def _mark(digest: Digest, state: str, *, error: str = "", **more: datetime) -> None:
    Digest.objects.filter(pk=digest.pk, state=State.SENDING).update(
        state=state, attempts=digest.attempts, uncertain=digest.uncertain, error=error, **more
    )


def named(digest: Digest) -> tuple[list[str], int, int]:
    """What a digest names, how many more there are, and how many that were told long ago and have not changed."""
    fresh = [one for one in digest.items if not one.get("older")]
    shown = fresh[: rules.NAMED]
    return [line(one) for one in shown], len(fresh) - len(shown), len(digest.items) - len(fresh)


def line(one: dict[str, str | int]) -> str:
    """An item as an e-mail names it: kind, step and day, never its own words."""
    kind, code = str(one["key"]).partition(":")[0], str(one["code"])
    said = {**ASSIGNMENT_STEPS, **DUTY_STEPS, **_codes()}.get(code, "")
    day = wording.day(date.fromisoformat(str(one["since"])))
    return f"{KINDS[kind]}: {said or code} ({day})" if said else f"{KINDS[kind]} ({day})"


def _codes() -> dict[str, str]:
    return {
        "report_due": _("The report is due"),
        "report_returned": _("The report came back to be completed"),
        "report_overdue": _("The report is overdue"),
        "report_to_accept": _("A report waits to be accepted"),
        "report_missing": _("A report from below is late"),
        "meeting_comes": _("The meeting comes"),
        "minutes_missing": _("The minutes are not adopted yet"),
    }


def message(digest: Digest, address: str) -> EmailMultiAlternatives:
    """The digest as an e-mail: plain text with a simple HTML form of the same."""
    with override("vi"):
        lines, more, older = named(digest)
        context = {
            "day": digest.day,
            "lines": lines,
            "more": more,
            "older": older,
            "address": settings.ADDRESS,
        }
        subject = _("%(n)s things need you – %(day)s") % {"n": len(digest.items), "day": wording.day(digest.day)}
        text = render_to_string("reminders/mail.txt", context)
        sent = EmailMultiAlternatives(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
        sent.extra_headers = {"Message-ID": digest.message_id, "Auto-Submitted": "auto-generated"}
        sent.attach_alternative(render_to_string("reminders/mail.html", context), "text/html")
    return sent
