"""Text in, reading out: find, resolve, assemble, check. `read` never raises, whatever the text."""

import datetime
import re
from bisect import bisect_right
from functools import cache

from dondoc.intake.extract import check, dates, events, mentions, passages, people, units
from dondoc.intake.extract.asked import Asked
from dondoc.intake.extract.clauses import phrases
from dondoc.intake.extract.deadlines import cadence, deadline
from dondoc.intake.extract.directives import Asking
from dondoc.intake.extract.findings import Judging
from dondoc.intake.extract.items import Itemiser
from dondoc.intake.extract.judged import Judged
from dondoc.intake.extract.ledger import Ledger
from dondoc.intake.extract.passages import Line, Sentence
from dondoc.intake.extract.people import PersonFound
from dondoc.intake.extract.reading import (
    Check,
    Directive,
    Event,
    Fact,
    Finding,
    Person,
    Reading,
    Secrecy,
    Span,
    UnitMention,
    UnitName,
)
from dondoc.intake.extract.receivers import receivers
from dondoc.intake.extract.repeats import once
from dondoc.intake.extract.resolve import Named, Resolver
from dondoc.intake.extract.scope import reported_on
from dondoc.intake.extract.speakers import Speakers
from dondoc.intake.extract.statements import headed_by, merged, rounded
from dondoc.intake.extract.tables import tables
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit, mentioned
from dondoc.intake.extract.verdicts import Weighing
from dondoc.lib.vietnamese import letters

_SECRET = re.compile(r"^[ \t]*(?:độ mật\s*:\s*)?(tuyệt mật|tối mật|mật)[ \t.]*$", re.MULTILINE)
# Offices of a committee: an order to one of them is not one to the whole unit.
_OFFICES = ("văn phòng", "ban tổ chức", "ban dân vận", "ban tuyên giáo", "ban nội chính", "ủy ban kiểm tra", "ubkt")
_OWN_BODIES = ("chi bộ", "đảng ủy", "đảng bộ", "chi ủy", "cấp ủy", "ban thường vụ đảng ủy", "ban chấp hành đảng bộ")
_EACH = re.compile(r"\b(?:mỗi|từng|các)\b")
_EACH_ONE = re.compile(r"\b(?:mỗi|từng)\b")
_TOGETHER = re.compile(r"\b(?:với mức|mức phấn đấu|mục tiêu|chỉ tiêu)\b")
_CONCLUDED = re.compile(r"\bkết luận (?:có |cả |được )?\d")
_SUBJECT = phrases("subject")
_ENOUGH = 2
"""A text with fewer words of Party-building work than this is about something else."""


def read(text: str) -> Reading:
    """The reading of a text. Spans count code points of `text` as given; nothing is stored and nothing is guessed."""
    page = Page(text)
    lines = passages.lines(page)
    sentences = passages.sentences(page, lines)
    days = dates.days(page)
    when, _ = events.published(page, lines, days)
    secrecy = _secrecy(page)
    title, title_span = _title(page, lines)
    if not _on_subject(page):
        return Reading(text, when, title, title_span, negative=True, secrecy=secrecy)
    hits = people.mark_posts(page, mentions.mentions(page))
    named = Resolver(hits, passages.banner(page, lines)).resolved()
    found = people.people(page, hits, lines)
    event = events.event(page, lines, sentences, days, when, found, hits)
    periods = dates.periods(page)
    facts, checks = _facts(
        page, lines, sentences, named, Itemiser(page, hits, days, periods), when, event, dates.only_year(periods)
    )
    findings, directives = _statements(page, sentences, hits, named, found, facts, event)
    # What is asked for has not happened: a number inside an order is no figure, unless it is a target.
    facts = _happened(text, facts, directives)
    listed = reported_on(page, sentences, named, facts, findings)
    return Reading(
        text,
        published=when,
        title=title,
        title_span=title_span,
        event=event,
        people=tuple(
            Person(p.name, tuple(p.roles), tuple(page.token_span(a, b) for a, b in p.places), p.rule) for p in found
        ),
        units=listed,
        facts=facts,
        findings=findings,
        directives=directives,
        checks=checks,
        mentions=tuple(
            UnitMention(n.unit, page.token_span(n.hit.first, n.hit.after))
            for n in named
            if n.unit is not None and n.hit.name
        ),
        secrecy=secrecy,
    )


def _secrecy(page: Page) -> Secrecy | None:
    found = _SECRET.search(page.plain) if "mật" in page.plain else None
    return Secrecy(found[1].capitalize(), page.span(found.start(1), found.end(1))) if found else None


def _title(page: Page, lines: list[Line]) -> tuple[str | None, Span | None]:
    for line in sorted(lines, key=lambda line: line.kind != "headline"):
        if line.kind in ("headline", "heading"):
            raw = page.written[line.start : line.end]
            start = line.start + len(raw) - len(raw.lstrip())
            end = line.start + len(raw.rstrip())
            return page.written[start:end], page.span(start, end)
    return None, None


def _on_subject(page: Page) -> bool:
    count = done = 0
    told = page.places(_SUBJECT)
    for i in told.starts(0, len(page.words)):
        if i >= done:
            count, done = count + 1, told.longest[i][1]
            if count >= _ENOUGH:
                return True
    return False


def _facts(
    page: Page, lines: list[Line], sentences: list[Sentence], named: list[Named], itemiser: Itemiser, when: datetime.date | None,
    event: Event, year: int | None,
) -> tuple[tuple[Fact, ...], tuple[Check, ...]]:  # fmt: skip
    year = event.date.year if event.date else when.year if when else event.year_reviewed or year
    ledger = Ledger(page, named, itemiser, when, year, event.year_reviewed)
    headlines: list[Fact] = []
    story: list[Fact] = []
    headed: str | None = None
    first: str | None = None
    """The period that the story opens with."""
    for sentence in sentences:
        if sentence.kind == "headline":
            headlines += ledger.read(sentence)
            headed = ledger.calendar.going_on() or headed
            ledger.calendar.head()
        elif sentence.kind == "story":
            story += ledger.read(sentence)
            first = (ledger.calendar.going_on() or "") if first is None else first
    cells, totals = (
        tables(page, lines, named, ledger.calendar.going_on() or headed, story)
        if any(line.kind == "table" for line in lines)
        else ([], [])
    )
    story = sorted(story + cells, key=lambda fact: fact.span.start) if cells else story
    told = {(fact.unit, fact.indicator) for fact in story} if headlines else set()
    # A number that only a headline has is kept; a round one beside the story's own is not.
    dated = {(fact.unit, fact.indicator, fact.value): fact.period for fact in story if fact.period} if headlines else {}
    headlines = [
        fact._replace(period=dated.get((fact.unit, fact.indicator, fact.value), fact.period)) for fact in headlines
    ]
    kept = [fact for fact in headlines if (fact.unit, fact.indicator) not in told or fact.qualifier == "exact"]
    kept = headed_by(kept, story, first or None)
    facts = tuple(rounded(merged(kept + story)))
    return facts, (*check.checks(facts), *totals)


def _statements(
    page: Page, sentences: list[Sentence], hits: list[Hit], named: list[Named], found: list[PersonFound], facts: tuple[Fact, ...], event: Event
) -> tuple[tuple[Finding, ...], tuple[Directive, ...]]:  # fmt: skip
    told, weighing = mentioned(hits), Weighing(page)
    speakers = Speakers(page, found, told)
    speakers.current = event.leader_name or event.leader_post
    asking, judging = Asking(page, told, weighing, speakers), Judging(page, told, weighing)
    by_first = {n.hit.first: n for n in named}
    findings: list[Finding] = []
    directives: list[Directive] = []
    reported = [fact.unit for fact in facts if fact.unit is not None]
    only = _topmost(reported)
    for sentence in sentences:
        if sentence.kind == "heading":
            asking.head(sentence)
            judging.head(sentence)
        if sentence.kind != "story":
            continue
        asked = asking.read(sentence)
        heard = sentence.first  # the speakers before this token are known
        for judged in judging.read(sentence, asked=asked[0].first if asked else None):
            since = heard if judged.by_before >= heard else sentence.first
            findings.append(_finding(page, judged, by_first, only, speakers, sentence, since))
            heard = max(sentence.first, judged.by_before)
        directives += [_directive(page, one, by_first, only) for one in asked]
    lead = next((s for s in sentences if s.kind == "story"), None)
    until = (
        page.token_span(lead.first, lead.after).end
        if lead is not None and any(s.kind == "headline" for s in sentences)
        else 0
    )
    return tuple(once(page, findings, until)), tuple(once(page, directives, until))


def _topmost(reported: list[UnitName]) -> UnitName | None:
    """The one unit that stands above all others whose figures are told; None where several stand highest."""
    highest = min((units.level(unit.type) for unit in reported), default=0)
    at_the_top = {unit for unit in reported if units.level(unit.type) == highest}
    return at_the_top.pop() if len(at_the_top) == 1 else None


def _each(words: str) -> int | None:
    """The code point where "mỗi", "từng" or "các" ends first in these words; not the "các" of those who have one aim together."""
    read_so = letters(words)
    found = _EACH.search(read_so.plain)
    if found is not None and found[0] == "các" and _TOGETHER.search(read_so.plain, found.end()):
        found = _EACH_ONE.search(read_so.plain, found.end())
    return read_so.ends[found.end() - 1] if found else None


def _happened(text: str, facts: tuple[Fact, ...], directives: tuple[Directive, ...]) -> tuple[Fact, ...]:
    """The figures without those that stand inside an order and are no target of one unit. Directives are in the order of the text."""
    begins = [d.span.start for d in directives]
    orders = [bisect_right(begins, fact.span.start) - 1 for fact in facts]
    within = [
        k if k >= 0 and fact.span.end <= directives[k].span.end else -1 for fact, k in zip(facts, orders, strict=True)
    ]
    if max(within, default=-1) < 0:
        return facts
    # Found once for each directive: it may hold any number of figures.
    each = cache(lambda k: _each(directives[k].span.of(text)))
    concluded = cache(lambda k: _CONCLUDED.search(letters(directives[k].span.of(text)).plain) is not None)

    def asked_for(fact: Fact, k: int) -> bool:
        if concluded(k):
            return False  # "kiểm tra 4 tổ chức đảng, kết luận 3 tổ chức phải kiểm điểm": what has happened
        if fact.indicator != "admissions_target":
            return True
        end = each(k)
        return end is not None and directives[k].span.start + end <= fact.span.start

    return tuple(fact for fact, k in zip(facts, within, strict=True) if k < 0 or not asked_for(fact, k))


def _finding(
    page: Page, judged: Judged, by_first: dict[int, Named], only: UnitName | None, speakers: Speakers, sentence: Sentence, since: int
) -> Finding:  # fmt: skip
    meant = [n.unit for hit in judged.unit_hits if (n := by_first.get(hit.first)) is not None and n.unit is not None]
    words = page.plain[judged.start : judged.end]
    everywhere = re.search(r"\b(?:các|từng) (?:địa phương|xã|đơn vị|đảng bộ|phường)\b", words)
    unit = meant[0] if meant else None if everywhere else only
    by = speakers.before(since, judged.by_before) if judged.by_before > sentence.first else None
    return Finding(judged.kind, unit, page.span(judged.start, judged.end), judged.rule, by)


def _says_which(named: Named) -> bool:
    """Whether a mention tells its unit by name or type, and the text tells which one that is."""
    return bool(named.hit.name or named.hit.type) and named.unit is not None and named.unit.name != named.unit.type


def _directive(page: Page, one: Asked, by_first: dict[int, Named], only: UnitName | None) -> Directive:
    to: UnitName | str | None = None
    words, named_unit = "", False
    if one.to is not None:
        a, b = one.to
        words = page.plain[page.at[a] : page.to[b - 1]]
        first = by_first.get(a)
        office = page.plain.startswith(_OFFICES, page.at[a])
        whole = not office and first is not None and first.hit.after == b
        if whole and first is not None and first.unit is not None and _says_which(first):
            to, named_unit = first.unit, True
        elif whole and only is not None and words in _OWN_BODIES:
            to, named_unit = only, True
        else:
            to = page.wording(a, b)
    start, end = page.at[one.first], page.to[one.after - 1]
    due = deadline(page.plain[start:end])
    regular, words_often = cadence(page.plain[start:end])
    return Directive(
        to, one.by, page.span(start, end), due[0] if due else None, one.rule, receivers(words, named_unit),
        deadline_span=page.span(start + due[1], start + due[2]) if due else None,
        to_span=page.token_span(*one.to) if one.to else None,
        regular=regular and due is None, cadence=words_often,
    )  # fmt: skip
