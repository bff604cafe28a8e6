"""Writing reminders: the digests of a day, a person's choices, and what is put off or handed on."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings

from dondoc.accounts.actors import Actor, actors_of
from dondoc.accounts.models import Account, Post, Term
from dondoc.clock.services import system_act
from dondoc.directives.content import calendar
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import INVALID, Refused
from dondoc.lib.reminders import Item

from . import queries, rules
from .models import Choice, Deferral, Digest

TOGETHER = 200
"""So many people's digests are written in one transaction."""
FURTHEST = timedelta(days=14)


def write_digests(day: date, now: datetime) -> int:
    """Write the digest of the day for everybody who has something new; returns how many. Nothing on days without work.

    What fell on such days, or on days when nothing ran, stands in the next one. Safe to repeat and to run twice at once.
    """
    if not calendar().works(day):
        return 0
    held = Term.objects.on(day).values("account")
    people = Account.objects.filter(pk__in=held, is_active=True, last_login__isnull=False)
    left = list(people.exclude(digests__day__gte=day).order_by("pk"))
    return sum(_write(left[start : start + TOGETHER], day, now) for start in range(0, len(left), TOGETHER))


def _write(people: Sequence[Account], day: date, now: datetime) -> int:
    mail = dict(Choice.objects.filter(account__in=people, by_mail=True).values_list("account", "address"))
    items = queries.items_of(actors_of(people, day), day)
    told = queries.told_last([account.pk for account in people])
    rows = []
    for account in people:
        found = items[account.pk]
        if not rules.worth_telling(found, told.get(account.pk, ())):
            continue
        ready = bool(settings.EMAIL_HOST and mail.get(account.pk))
        rows.append(
            Digest(
                account=account,
                day=day,
                items=_kept(found, rules.older(found, told.get(account.pk, ()), day)),
                message_id=f"<{day:%Y%m%d}.{account.pk}.{token_urlsafe(9)}@dondoc>",
                state=Digest.State.READY if ready else Digest.State.QUIET,
                try_at=now if ready else None,
            )
        )
    if not rows:
        return 0
    with writing(system_act(day)):
        Digest.objects.bulk_create(rows, ignore_conflicts=True)
        # Of two runs at once only one has written a person's digest: what stands there is what counts.
        mine = Digest.objects.filter(message_id__in=[one.message_id for one in rows])
        written = list(mine)
        if written:
            record("reminders.digests_written", written[0], data={"count": len(written)}, rows=written[1:])
    return len(written)


def _kept(items: Sequence[Item], older: Sequence[Item]) -> list[dict[str, str | int]]:
    """The references that a digest keeps; what is no news says so."""
    old = {one.key for one in older}
    kept: list[dict[str, str | int]] = []
    for one in items:
        row: dict[str, str | int] = {"key": one.key, "code": one.code, "rank": one.rank, "since": one.since.isoformat()}
        kept.append(row | {"older": 1} if one.key in old else row)
    return kept


def choose(address: str, by_mail: bool, *, seen: int, act: Act) -> None:
    """Where the person's digests go. Refused where e-mail is wanted without an address."""
    if by_mail and not address:
        raise Refused("reminders.no_address", INVALID)
    with writing(act):
        choice = _changed(act, seen)
        choice.address, choice.by_mail = address, by_mail
        choice.save()
        record("reminders.chosen", choice, data={"by_mail": by_mail})


def _changed(act: Act, seen: int) -> Choice:
    """The person's choice, claimed for a change."""
    assert act.person is not None
    Choice.objects.get_or_create(account_id=act.person, defaults={"version": 0})
    if not Choice.objects.filter(account=act.person, version=seen).update(version=seen + 1):
        raise Refused("reminders.changed_meanwhile")
    return Choice.objects.get(account=act.person)


def make_calendar(*, seen: int, act: Act) -> str:
    """A new secret for the address of the person's calendar; the one before leads nowhere any more. It is shown once and not stored."""
    token = token_urlsafe(32)
    with writing(act):
        choice = _changed(act, seen)
        choice.calendar, choice.calendar_made_on = digest_of(token), act.day
        choice.save()
        record("reminders.calendar_made", choice)
    return token


def revoke_calendar(*, seen: int, act: Act) -> None:
    """The address leads nowhere any more."""
    with writing(act):
        choice = _changed(act, seen)
        choice.calendar, choice.calendar_made_on = "", None
        choice.save()
        record("reminders.calendar_revoked", choice)


def digest_of(token: str) -> str:
    """What is stored of a secret."""
    return sha256(token.encode()).hexdigest()


def defer(
    actor: Actor, key: str, reason: str, *, until: date | None = None, post: int | None = None, act: Act
) -> Deferral:
    """Put an item of one's own list off until a day, or hand it to another post of the same unit; both with a reason.

    What is put off comes back within a fortnight; a hand-over holds until a day, or for good where none is given.
    """
    item = next((one for one in queries.items(actor, act.day) if one.key == key), None)
    if item is None or actor.acting is None:
        raise Refused("reminders.not_yours")
    if not reason.strip():
        raise Refused("reminders.no_words", INVALID)
    if post is None and not (until and act.day < until <= act.day + FURTHEST):
        raise Refused("reminders.no_day", INVALID)
    if post is not None and until is not None and until <= act.day:
        raise Refused("reminders.no_end", INVALID)
    if post is not None:
        others = Post.objects.on(act.day).filter(pk=post, unit=actor.acting.unit).exclude(pk=actor.acting.post)
        if not others.filter(pk__in=Term.objects.on(act.day).values("post")).exists():
            raise Refused("reminders.no_post", INVALID)
    with writing(act):
        row = Deferral.objects.create(
            account_id=actor.account,
            by_id=actor.acting.post,
            key=key,
            rank=item.rank,
            on=act.day,
            until=until,
            post_id=post,
            reason=reason.strip()[:300],
        )
        said = "reminders.put_off" if post is None else "reminders.handed_on"
        record(said, row, unit=actor.acting.unit, data={"until": row.until, "post": post})
    return row


def take_back(actor: Actor, pk: int, *, act: Act) -> None:
    """What the person put off or handed on stands on their own list again. Refused where it was taken back already, or is another's."""
    row = Deferral.objects.filter(pk=pk, account=actor.account).first()
    if row is None:
        raise Refused("reminders.not_yours")
    with writing(act):
        if not Deferral.objects.filter(pk=pk, ended_on=None).update(ended_on=act.day):
            raise Refused("reminders.changed_meanwhile")
        record("reminders.taken_back", row, unit=row.by.unit_id, data={"post": row.post_id})
