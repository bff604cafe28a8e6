"""An assignment told in words and rows for its page: what matters now, what is asked, who holds what and how it came there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dondoc.accounts.models import Account, Post
from dondoc.directives.models import Directive, Report
from dondoc.directives.queries import Card, Holder, Passage, Story
from dondoc.directives.rules import How, Part, State
from dondoc.directives.services import from_document
from dondoc.directives.texts import PARTS, step_text
from dondoc.history.models import Event
from dondoc.lib import texts, wording
from dondoc.organisations.queries import Label

AROUND = 220


def cadence(months: int | None) -> str:
    """How often, in the words of an office."""
    if months is None:
        return ""
    named = {1: _("every month"), 3: _("every quarter"), 6: _("every six months"), 12: _("every year")}
    return named.get(months) or ngettext("every %(n)s month", "every %(n)s months", months) % {"n": months}


def holders(card: Card) -> list[tuple[str, Holder | None]]:
    """The roles in the order of the page."""
    return [
        (Part.RECEIVER, card.receiver),
        (Part.ANSWERABLE, card.answerable),
        (Part.FOLLOWER, card.follower),
        (Part.VERIFIER, card.verifier),
        (Part.ISSUER, card.issuer),
    ]


def _name(holder: Holder | None) -> str:
    return holder.unit.name if holder and holder.unit else _("the unit that takes the role")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def standing_word(card: Card, today: date) -> str:
    """The word of the state: of an overdue one with the days, else the usual one."""
    return _capital(wording.relative(card.due, today)) if card.standing == "overdue" and card.due else ""


def sentence(card: Card, today: date) -> str:
    """One sentence: what matters now, after the word of the state."""
    parts = [_state_words(card, today)]
    if card.open_extension:
        asked = wording.day(card.open_extension.new_due_on)
        parts.append(_("extension asked until %(day)s, not answered yet") % {"day": asked})
    if card.parked:
        parts.append(_("a role waits for a unit to take it"))
    return _capital(", ".join(parts)) + "."


def _state_words(card: Card, today: date) -> str:
    one = card.assignment
    left = wording.relative(card.due, today) if card.due and card.running and card.standing != "overdue" else ""
    if one.state == State.DRAFTED:
        return _("being prepared, not approved yet")
    if one.state == State.APPROVED:
        return _("approved on %(day)s, to be issued") % {"day": wording.day(one.approved_on or today)}
    if one.state == State.ISSUED:
        return f"{left}, {_('not acknowledged yet')}" if left else _("not acknowledged yet")
    if one.state == State.IN_PROGRESS:
        said = (
            _("last report on %(day)s") % {"day": wording.day(card.last_report_on)}
            if card.last_report_on
            else _("no report yet")
        )
        if card.standing == "returned" and one.returned_on:
            said = _("returned for completion on %(day)s") % {"day": wording.day(one.returned_on)}
        return f"{left}, {said}" if left else said
    if one.state == State.OBJECTED:
        return _("the unit has objected, %(issuer)s has to answer") % {"issuer": _name(card.issuer)}
    if one.state == State.REPORTED:
        day = wording.day(one.reported_on or today)
        return _("result reported on %(day)s, %(verifier)s has to confirm it") % {
            "day": day,
            "verifier": _name(card.verifier),
        }
    if one.state == State.ACCEPTED:
        how = _("completed late") if card.standing == "accepted_late" else _("completed on time")
        return _("%(how)s, confirmed on %(day)s") % {"how": how, "day": wording.day(one.closed_on or today)}
    return _("withdrawn on %(day)s") % {"day": wording.day(one.closed_on or today)}


def asked(card: Card, today: date, *, opens: bool) -> list[tuple[str, str]]:
    """What is asked: pairs of label and value. `opens`: whoever looks may open the document with which it was issued."""
    one = card.assignment
    pairs = [(_("Task"), one.task)] if one.task != card.text else []
    pairs.append((_("Product"), one.product or _("not said yet")))
    if one.cadence_months is not None:
        pairs.append((_("Deadline"), _("regular, report %(cadence)s") % {"cadence": cadence(one.cadence_months)}))
        if card.due and card.running:
            pairs.append((_("Next report"), f"{wording.weekday_day(card.due)} ({wording.relative(card.due, today)})"))
        if one.review_on:
            pairs.append((_("Review day"), wording.weekday_day(one.review_on)))
    elif one.due_on:
        left = f" ({wording.relative(one.due_on, today)})" if card.running else ""
        pairs.append((_("Deadline"), wording.weekday_day(one.due_on) + left))
    else:
        pairs.append((_("Deadline"), _("not said yet")))
    if one.document:
        words = f"{one.document}, {wording.day(one.document.dated_on)}"
        address = reverse("documents:document", args=[one.document.pk])
        pairs.append((_("Issued with"), format_html('<a href="{}">{}</a>', address, words) if opens else words))
    elif one.oral and one.issued_on:
        pairs.append((_("Issued"), _("by word of mouth, %(day)s") % {"day": wording.day(one.issued_on)}))
    return pairs


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role: who holds it now, in one line how it came there, and who held it before."""

    label: str | Promise
    unit: Label | None
    post: str
    waits_with: Label | None
    proposed: Label | None
    how: str
    passages: list[str]


def so_far(passages: Sequence[Passage], day: date) -> list[Passage]:
    """The passages as they stood on a day: a reorganisation of a later day has not happened yet, and may not even be known."""
    begun = [one for one in passages if one.since <= day]
    return [one if one.until and one.until <= day else replace(one, until=None) for one in begun]


def roles(card: Card, passages: Sequence[Passage]) -> list[RoleRow]:
    """Every role with its way here."""
    rows = []
    for part, holder in holders(card):
        way = [one for one in passages if one.part == part]
        rows.append(
            RoleRow(
                PARTS[part],
                holder.unit if holder else None,
                holder.post_title if holder else "",
                holder.parked_with if holder else None,
                holder.proposed if holder else None,
                _came(way[-1], way[-2] if len(way) > 1 else None) if len(way) > 1 else "",
                [_passage(one) for one in way] if len(way) > 1 else [],
            )
        )
    return rows


def _came(last: Passage, before: Passage | None) -> str:
    """How the present holder came to the role."""
    day = wording.day(last.since)
    if before is None:
        return ""
    was = before.unit.name if before.unit else _("nobody")
    if last.how == How.SUCCEEDED:
        text = _("since %(day)s, taking over from %(before)s") % {"day": day, "before": was}
        return f"{text}, {_('by decision %(decision)s') % {'decision': last.decision}}" if last.decision else text
    if last.how == How.PARKED:
        return _("since %(day)s without a unit; before: %(before)s") % {"day": day, "before": was}
    return _("since %(day)s, handed over by %(before)s") % {"day": day, "before": was}


def _passage(one: Passage) -> str:
    """One holder with its days and its reason."""
    who = (
        one.unit.name
        if one.unit
        else _("waiting with %(unit)s") % {"unit": one.parked_with.name if one.parked_with else ""}
    )
    if one.post_title:
        who = f"{one.post_title}, {who}"
    until = wording.day(one.until) if one.until else _("now")
    reasons = [text for text in (one.decision, one.reason) if text]
    return f"{wording.day(one.since)} – {until}: {who}" + (f" ({'; '.join(reasons)})" if reasons else "")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentence with what stands around it in its source."""

    before: str
    text: str
    after: str
    title: str
    url: str


def excerpt(directive: Directive, *, whole: bool) -> Excerpt:
    """The sentence in its source, and the page of its session where there is one. What stands around it only for who may read the `whole`."""
    source = directive.source
    start, end = directive.span_start, directive.span_end
    around = AROUND if whole else 0
    before = source.text[max(0, start - around) : start]
    after = source.text[end : end + around]
    told = [source.title, source.publisher, wording.day(source.published_on) if source.published_on else ""]
    return Excerpt(
        ("… " if start > around else "") + before,
        source.text[start:end],
        after + (" …" if end + around < len(source.text) else ""),
        ", ".join(part for part in told if part),
        origin_url(directive),
    )


def origin_url(directive: Directive) -> str:
    """The page of the record in which the directive was said; empty for one that has no page."""
    if directive.origin_kind == "working_session":
        return reverse("working_sessions:page", args=[directive.origin_key])
    if directive.origin_kind == from_document.KIND:
        return reverse("documents:incoming", args=[directive.origin_key])
    if directive.origin_kind == "meeting":
        return reverse("meetings:meeting", args=[directive.origin_key])
    return ""


def reports(story: Story) -> list[Report]:
    """Newest first."""
    return list(reversed(story.reports))


REMARKS: dict[str, str | Promise] = {
    "object_to": gettext_lazy("Objection"),
    "uphold": gettext_lazy("Answer to the objection"),
    "accept": gettext_lazy("Confirmation"),
    "return_result": gettext_lazy("Returned for completion"),
    "cancel": gettext_lazy("Withdrawal"),
    "reopen": gettext_lazy("Opened again"),
    "send_back": gettext_lazy("Sent back for correction"),
    "chase": gettext_lazy("Urging"),
}


def remarks(story: Story) -> list[dict[str, Any]]:
    """Newest first."""
    return [
        {"title": REMARKS.get(one.verb, _("Remark")), "on": one.on, "post": one.post.title, "text": one.text}
        for one in reversed(story.remarks)
    ]


def reason(card: Card, story: Story) -> str:
    """Why the unit objects, while that waits for an answer; why its result was returned, until it reports again."""
    if card.assignment.state == State.OBJECTED:
        verb = "object_to"
    elif card.assignment.state == State.IN_PROGRESS and card.assignment.returned_on is not None:
        verb = "return_result"
    else:
        return ""
    return next((one.text for one in reversed(story.remarks) if one.verb == verb), "")


RECENT = 20
"""About so many entries of the timeline stand open, to the end of their day, and every act of a person besides."""


def timeline(card: Card, story: Story, day: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Everything that happened up to the day, newest first: the acts of the record and the steps of the ladder; apart the older steps,
    which after years of reminders would bury the rest."""
    entries = sorted([*_acts(card, day), *_steps(story)], key=lambda entry: (entry["on"], entry["order"]), reverse=True)
    if len(entries) <= RECENT:
        return entries, []
    since = entries[RECENT - 1]["on"]
    apart: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for entry in entries:
        apart[entry["on"] < since and "at" not in entry].append(entry)
    return apart


def _acts(card: Card, day: date) -> Iterator[dict[str, Any]]:
    """The acts that the history keeps of this assignment up to the day; the ladder's steps are told in its own words by `_steps`."""
    wanted = Q(kind="directives.Assignment", key=card.pk, entry__day__lte=day)
    told = Event.objects.filter(wanted).exclude(action="directives.step_taken")
    events = list(told.select_related("entry").order_by("entry__number", "position"))
    people = dict(Account.objects.filter(pk__in={e.entry.person for e in events}).values_list("pk", "label"))
    posts = dict(Post.objects.filter(pk__in={e.entry.post for e in events}).values_list("pk", "title"))
    for event in events:
        entry = event.entry
        who = [posts.get(entry.post or 0, ""), people.get(entry.person or 0, "")]
        by = " · ".join(dict.fromkeys(part for part in who if part))
        at: datetime = entry.at
        yield {"on": entry.day, "order": entry.number, "title": texts.action(event.action), "who": by, "at": at}


def _steps(story: Story) -> Iterator[dict[str, Any]]:
    """The steps of the ladder that were taken, each once however many it reached."""
    for step in {(one.step, one.due_on, one.done_on): one for one in story.steps}.values():
        yield {"on": step.done_on, "order": 0, "title": step_text(step.step), "who": "", "tone": "amber"}
