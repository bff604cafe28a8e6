"""What the review page shows of a draft: values in groups beside the text, joined by their places, problems first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dondoc.accounts.models import Post
from dondoc.directives.models import Directive, Finding
from dondoc.figures import queries as ledger
from dondoc.figures import rules as periods
from dondoc.figures.indicators import indicators, shown_only
from dondoc.figures.words import QUALIFIERS, period_words
from dondoc.lib import texts, wording
from dondoc.lib.segments import Place, Segment, excerpt, lines
from dondoc.organisations.queries import labels
from dondoc.working_sessions import queries as sessions
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND

from . import queries, rules, units
from .extract.rules import rule_title
from .forms import RECEIVERS, deadline_words
from .models import Draft, DraftValue
from .services.confirm import session_data
from .shown import Group, Late, Line, Piece, Review, Shown

ALIKE = 0.6
MARKS = {"event": "mark-session", "unit": "mark-unit", "figure": "mark-figure", "directive": "mark-directive"}
FINDING_MARKS = {"praise": "mark-praise", "criticism": "mark-criticism", "difficulty": "mark-difficulty"}


def build(draft: Draft, today: date) -> Review:
    """Everything that the page of a draft shows, in a number of queries that does not grow with the values."""
    rows = list(draft.values.select_related("saved_by").prefetch_related("late__by").order_by("position", "pk"))
    return _Builder(draft, rows, today).review()


class _Builder:
    def __init__(self, draft: Draft, rows: Sequence[DraftValue], today: date) -> None:
        self.draft = draft
        self.rows = rows
        self.values = [queries.value_of(row) for row in rows]
        self.day = rules.event_day(self.values)
        self.problems = queries.problems_of(rows, today) if draft.state == Draft.State.OPEN else []
        wanted = {
            unit
            for row in rows
            if row.kind == "unit"
            for unit in (row.content["unit"], *row.content["candidates"])
            if unit is not None
        }
        self.tree = units.candidates(wanted, self.day or today)
        self.units = {row.pk: row for row in rows if row.kind == "unit"}
        self.post = self._leader_post()
        self.rates = {one.rate: one for one in rules.rates(self.values, queries.rates())}
        self.known = self._known()
        self.known_sentences, self.known_figures = self._known_records()

    def review(self) -> Review:
        lines_of = {row.pk: self._line(row) for row in self.rows}
        event = [lines_of[r.pk] for r in self.rows if r.kind == "event"]
        named = {line.row.name: line for line in event}
        places = [
            Place(row.pk, row.span_start, row.span_end)
            for row in self.rows
            if row.span_start is not None and row.span_end is not None and not row.dropped
        ]
        title = named["title"].shown if "title" in named else ""
        return Review(
            draft=self.draft,
            title=title or self.draft.text.partition("\n")[0][:120],
            day=self.day,
            text=[[_piece(one, lines_of) for one in line] for line in lines(self.draft.text, places)],
            event=[line for line in event if line.row.name not in {"title", "publisher", "published"}],
            source=[line for line in event if line.row.name in {"title", "publisher", "published"}],
            units=self._of("unit", lines_of),
            groups=self._groups(self._of("figure", lines_of)),
            findings=self._of("finding", lines_of),
            directives=self._of("directive", lines_of),
            problems=self._shown_problems(lines_of),
            checks=self._checks(),
            mark=queries.mark_of(self.rows),
            known=self.known,
        )

    @staticmethod
    def _of(kind: str, lines_of: Mapping[int, Line]) -> list[Line]:
        return [line for line in lines_of.values() if line.row.kind == kind]

    def _leader_post(self) -> Post | None:
        leader = next((row for row in self.rows if (row.kind, row.name) == ("event", "leader")), None)
        key = leader.content["post"] if leader else None
        return Post.objects.filter(pk=key).first() if key else None

    def _known(self) -> WorkingSession | None:
        """The recorded session that this text is about too, once day, leader and units are settled."""
        if self.draft.state != Draft.State.OPEN:
            return None
        unsettled = {
            "intake.no_day",
            "intake.no_leader",
            "intake.leader_outside",
            "intake.no_unit",
            "intake.unit_unknown",
            "intake.unit_ambiguous",
            "intake.unit_unplaced",
            "intake.unit_outside",
        }
        if any(problem.code in unsettled for problem in self.problems):
            return None
        return sessions.same_session(session_data([row for row in self.rows if not row.dropped]))

    def _known_records(self) -> tuple[dict[str, list[str]], dict[tuple[Any, ...], list[int]]]:
        """What the known session holds already: sentences of findings and directives, figures by unit, indicator and time."""
        if self.known is None:
            return {}, {}
        of_session = {"origin_kind": KIND, "origin_key": self.known.pk, "withdrawn_on": None}
        sentences = {
            "finding": list(Finding.objects.filter(**of_session).values_list("text", flat=True)),
            "directive": list(Directive.objects.filter(**of_session).values_list("text", flat=True)),
        }
        chosen = {row.content["unit"] for row in self.units.values() if row.content["unit"]}
        figures: dict[tuple[Any, ...], list[int]] = {}
        for one in ledger.current().filter(unit__in=chosen).order_by("pk"):
            figures.setdefault((one.unit_id, one.indicator, one.period, one.on), []).append(one.value)
        return sentences, figures

    def _shown_problems(self, lines_of: Mapping[int, Line]) -> list[Shown]:
        shown = []
        for problem in self.problems:
            place = f"#value-{problem.source}" if problem.source else "#units"
            about = lines_of[int(problem.source)].label if problem.source else ""
            text = texts.problem(problem)
            named = bool(about) and not problem.data.get("name")
            shown.append(Shown(f"{about}: {text}" if named else text, place, problem.code in rules.BLOCKING))
        return sorted(shown, key=lambda one: not one.blocking)

    def _groups(self, figures: Iterable[Line]) -> list[Group]:
        by_unit: dict[int | None, list[Line]] = {}
        for line in figures:
            by_unit.setdefault(line.row.content["of"], []).append(line)
        return [Group(*self._unit_words(of), lines=found) for of, found in by_unit.items()]

    def _unit_words(self, of: int | None) -> tuple[str, str]:
        row = self.units.get(of) if of is not None else None
        if row is None:
            return _("Unit not settled"), ""
        content = row.content
        if content["unit"] in self.tree:
            candidate = self.tree[content["unit"]]
            return candidate.name, candidate.path
        return f"{content['type']} {content['name']}".strip(), _("not settled in the tree yet")

    def _line(self, row: DraftValue) -> Line:
        span = (row.span_start, row.span_end)
        mine = [problem for problem in self.problems if problem.source == str(row.pk)]
        label, shown = self._words(row, row.content)
        only_candidate = row.kind == "unit" and row.content["unit"] is None and len(row.content["candidates"]) == 1
        line = Line(
            row=row,
            label=label,
            shown=shown,
            mark=FINDING_MARKS[row.content["finding"]] if row.kind == "finding" else MARKS[row.kind],
            rule=rule_title(row.rule) if row.rule else "",
            excerpt=excerpt(self.draft.text, *span) if span[0] is not None and span[1] is not None else None,  # type: ignore[arg-type]
            problems=[texts.problem(problem) for problem in mine],
            acceptable=only_candidate or any(problem.code not in rules.BLOCKING for problem in mine),
            late=[
                Late(one.pk, self._words(row, one.content)[1] if one.content else "", one.by.label)
                for one in row.late.all()
            ],
        )
        getattr(self, f"_more_of_{row.kind}")(line, row.content)
        return line

    def _words(self, row: DraftValue, content: rules.Content) -> tuple[str, str]:
        """The label and the value in words."""
        if row.kind == "event":
            return _event_labels()[row.name], self._event_words(row.name, content)
        if row.kind == "unit":
            return f"{content['type']} {content['name']}".strip(), self._unit_name(content)
        if row.kind == "figure":
            return _indicator_name(content), _figure_words(content)
        words = self.draft.text[row.span_start or 0 : row.span_end or 0]
        if row.kind == "finding":
            return str(Finding.Kind(content["finding"]).label), words
        return self._receiver_words(content), words

    def _unit_name(self, content: rules.Content) -> str:
        return self.tree[content["unit"]].name if content["unit"] in self.tree else ""

    def _event_words(self, name: str, content: rules.Content) -> str:
        if name in {"date", "published"}:
            return wording.weekday_day(date.fromisoformat(content["day"])) if content.get("day") else ""
        if name == "leader":
            return self.post.title if self.post and content.get("post") == self.post.pk else ""
        if name.startswith("year"):
            return str(content.get("year") or "")
        return str(content.get("text") or "")

    def _receiver_words(self, content: rules.Content) -> str:
        if content["receivers"] == "unit" and content["of"] is not None:
            return self._unit_words(content["of"])[0]
        return str(dict(RECEIVERS)[content["receivers"]])

    def _more_of_event(self, line: Line, content: rules.Content) -> None:
        if line.row.name == "leader" and content["said"]:
            line.about = _("The text says: %(words)s") % {"words": content["said"]}
        if line.row.name == "date" and content.get("month_day") and not content.get("day"):
            month, day = content["month_day"].split("-")
            line.about = _("The text says %(day)s without a year.") % {"day": f"{day}/{month}"}

    def _more_of_unit(self, line: Line, content: rules.Content) -> None:
        if content["unit"] in self.tree:
            line.path = self.tree[content["unit"]].path
        if content["parent"]:
            line.about = _("The text places it in: %(parent)s") % {"parent": content["parent"]}
        if content["how"] == "matched":
            line.how = _("agrees with the tree of that day")
        elif content["how"] == "chosen":
            line.how = _("chosen by a person")
        elif len(content["candidates"]) == 1 and content["candidates"][0] in self.tree:
            only = self.tree[content["candidates"][0]]
            line.path = _("Only one unit of this name lived that day: %(unit)s, %(path)s") % {
                "unit": only.name,
                "path": only.path,
            }
        if not content["in_session"]:
            line.about = (line.about + " " if line.about else "") + _(
                "Named only with figures or sentences, not a unit of the session."
            )

    def _more_of_figure(self, line: Line, content: rules.Content) -> None:
        line.period = period_words(content["period"]) or (
            _("on the day of the session") if _nature(content) == "stock" else ""
        )
        line.kept = content["indicator"] in indicators()
        if line.row.derived and content == line.row.found:
            line.how = content["explanation"] or _("follows from the other numbers of the sentence")
        rate = self.rates.get(line.row.pk)
        if rate is not None and rate.agrees:
            line.agrees = f"{wording.number(rate.numerator)}/{wording.number(rate.denominator)} = {wording.number(rate.computed)} %"
        line.known = self._other_numbers(content)

    def _other_numbers(self, content: rules.Content) -> str:
        """What earlier sources said for the same unit, indicator and time, where it differs."""
        unit = self.units[content["of"]].content["unit"] if content["of"] in self.units else None
        count = rules.number(content["value"])
        if not self.known_figures or content["indicator"] not in indicators() or self.day is None:
            return ""
        place = periods.when(_nature(content), content["period"], self.day)
        if place is None:
            return ""
        others = [
            n
            for n in dict.fromkeys(self.known_figures.get((unit, content["indicator"], place.period, place.on), []))
            if n != count
        ]
        if not others:
            return ""
        return _("An earlier source says %(other)s: both will stand side by side.") % {
            "other": ", ".join(wording.number(n) for n in others)
        }

    def _more_of_finding(self, line: Line, content: rules.Content) -> None:
        of = content["of"]
        line.about = self._unit_words(of)[0] if of is not None else _("all units of the session")
        self._compare(line, content)

    def _more_of_directive(self, line: Line, content: rules.Content) -> None:
        said = []
        if content["to"]:
            said.append(_("in the text: %(words)s") % {"words": content["to"]})
        if content["deadline"]:
            said.append(_("deadline: %(deadline)s") % {"deadline": deadline_words(content["deadline"])})
        elif content["regular"]:
            said.append(_("regular work") + (f" ({content['cadence']})" if content["cadence"] else ""))
        line.about = " · ".join(said)
        self._compare(line, content)

    def _compare(self, line: Line, content: rules.Content) -> None:
        """In a further source: whether the session has this sentence already, or whether it is to be added."""
        if self.known is None:
            return
        line.kept = bool(content["new"])
        line.addable = True
        nearest = max(self.known_sentences[line.row.kind], key=lambda one: rules.similar(one, line.shown), default="")
        if content["new"]:
            line.known = _("Will be added to the session.")
        elif nearest and rules.similar(nearest, line.shown) >= ALIKE:
            line.known = _("The session has it: “%(words)s”") % {"words": nearest}
        else:
            line.known = _("Perhaps new: it is not added unless you say so.")

    def _checks(self) -> list[str]:
        """Sums and differences that the reader computed again and that do not agree; those whose numbers were changed since say nothing."""
        untouched = {(v.span[0], v.span[1]) for v in self.values if v.span and not v.corrected and not v.dropped}
        found = []
        for check in self.draft.checks:
            if (
                check["kind"] == "rate"
                or check["agrees"]
                or not all(tuple(span) in untouched for span in check["spans"])
            ):
                continue
            stated, computed = (wording.number(rules.number(check[name])) for name in ("stated", "computed"))
            found.append(
                _("The text says %(stated)s, its own numbers give %(computed)s.")
                % {"stated": stated, "computed": computed}
            )
        return found


def _piece(segment: Segment, lines_of: Mapping[int, Line]) -> Piece:
    css = lines_of[segment.values[0]].mark if segment.values else ""
    if any(lines_of[pk].problems for pk in segment.values):
        css += " mark-problem"
    first, *others = (*segment.begins, None) if segment.begins else (None,)
    return Piece(segment.text, segment.at, segment.values, css, first, tuple(pk for pk in others if pk is not None))


def _nature(content: rules.Content) -> str:
    known = indicators().get(content["indicator"])
    return known.nature if known else ""


def _event_labels() -> dict[str, str]:
    return {
        "date": _("Day"),
        "leader": _("Led by"),
        "topic": _("Topic"),
        "year_reviewed": _("Year reviewed"),
        "year_planned": _("Year planned"),
        "title": _("Title"),
        "publisher": _("Publisher"),
        "published": _("Published on"),
    }


def _indicator_name(content: rules.Content) -> str:
    known = indicators().get(content["indicator"]) or shown_only().get(content["indicator"])
    return known.name if known else content["indicator"]


def _figure_words(content: rules.Content) -> str:
    count = rules.number(content["value"])
    if count is None:
        return ""
    percent = " %" if content["indicator"].endswith("_percent") else ""
    return f"{QUALIFIERS.get(content['qualifier'], '')} {wording.number(count)}{percent}".strip()


def session_word(session: WorkingSession, day: date) -> str:
    """How a page names the session that a draft belongs to."""
    units_named = labels([unit.pk for unit in session.units.all()], session.on)
    names = ", ".join(sorted(label.short_name for label in units_named.values()))
    return f"{wording.day(session.on)} · {session.leader_title} · {names}"
