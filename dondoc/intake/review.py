"""What the review page shows of a draft: values in groups beside the text, joined by their places, problems first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dondoc.accounts.models import Post
from dondoc.directives.models import Directive, Finding
from dondoc.figures import queries as ledger
from dondoc.figures import rules as periods
from dondoc.figures.indicators import indicators
from dondoc.figures.words import period_words
from dondoc.lib import texts, wording
from dondoc.lib.refusals import Problem
from dondoc.lib.segments import Place, Segment, excerpt, lines
from dondoc.working_sessions import queries as sessions
from dondoc.working_sessions.models import WorkingSession
from dondoc.working_sessions.rules import KIND

from . import queries, rules, units
from .choices import Known, choices
from .described import (
    beginning,
    event_labels,
    figure_words,
    indicator_name,
    nature,
    rate_words,
    step_words,
    sum_words,
)
from .extract.rules import rule_title
from .forms import RECEIVERS, deadline_words
from .gazetteer import queries as gazetteer
from .gazetteer.wording import explained, how_words, outside_words, place_words, several_words
from .models import Draft, DraftValue
from .services import last_step
from .services.confirm import session_data
from .shown import Group, Late, Line, Piece, Review, Shown, Undo

ALIKE = 0.6
AROUND = 70
"""Letters shown before and after the words of a value, where the text does not stand beside it."""
MARKS = {"event": "mark-session", "unit": "mark-unit", "figure": "mark-figure", "directive": "mark-directive"}
FINDING_MARKS = {"praise": "mark-praise", "criticism": "mark-criticism", "difficulty": "mark-difficulty"}


def build(draft: Draft, today: date, person: int) -> Review:
    """Everything that the page of a draft shows to a person, in a number of queries that does not grow with the values."""
    rows = list(draft.values.select_related("saved_by").prefetch_related("late__by").order_by("position", "pk"))
    return _Builder(draft, rows, today, person).review()


class _Builder:
    def __init__(self, draft: Draft, rows: Sequence[DraftValue], today: date, person: int) -> None:
        self.draft = draft
        self.person = person
        self.rows = rows
        self.values = [queries.value_of(row) for row in rows]
        self.day = rules.event_day(self.values)
        self.problems = queries.problems_of(rows, today, checks=draft.checks) if draft.state == Draft.State.OPEN else []
        self.problems_of: dict[str, list[Problem]] = {}
        for problem in self.problems:
            self.problems_of.setdefault(problem.source, []).append(problem)
        wanted = {
            unit
            for row in rows
            if row.kind == "unit"
            for unit in (row.content["unit"], *row.content["candidates"])
            if unit is not None
        }
        self.tree = units.candidates(wanted, self.day or today)
        self.units = {row.pk: row for row in rows if row.kind == "unit"}
        self.today = today
        self.places = gazetteer.keyed(
            key
            for row in self.units.values()
            for key in (row.content.get("place"), *row.content.get("places", ()), *row.content.get("elsewhen", ()))
            if key is not None
        )
        self.post = self._leader_post()
        self.rates = {one.rate: one for one in rules.rates(self.values, queries.rates())}
        self.sums = {one.total: one for one in rules.sums(self.values, draft.checks)}
        self.offered = self._offered(today)
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
            undo=self._undo(lines_of),
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
            "intake.unit_not_ours",
            "intake.unit_former",
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

    def _offered(self, today: date) -> Known:
        """What problems may be settled with. The posts are asked for only where the leader is open."""
        fields = {row.name: row.content for row in self.rows if row.kind == "event" and not row.dropped}
        years = [fields.get(name, {}).get("year") for name in ("year_reviewed", "year_planned")]
        published = fields.get("published", {}).get("day")
        open_leader = any(problem.code == "intake.no_leader" for problem in self.problems)
        named = [row.content["unit"] for row in self.units.values()]
        return Known(
            today=today,
            day=self.day,
            published=date.fromisoformat(published) if published else None,
            years=[year for year in years if year],
            posts=units.leader_posts(self.draft.owner_id, named, self.day or today, today) if open_leader else (),
            tree=self.tree,
            places=self.places,
            units=[(pk, self._unit_words(pk)[0]) for pk, row in self.units.items() if not row.dropped],
            computed={
                **{pk: one.computed for pk, one in self.rates.items()},
                **{pk: one.computed for pk, one in self.sums.items()},
            },
        )

    def _undo(self, lines_of: Mapping[int, Line]) -> Undo | None:
        if self.draft.state != Draft.State.OPEN:
            return None
        step = last_step(self.draft, self.person, {row.pk: row for row in self.rows})
        if step is None:
            return None
        return Undo(step.pk, step.value_id, step_words(step.verb, lines_of[step.value_id].name))

    def _shown_problems(self, lines_of: Mapping[int, Line]) -> list[Shown]:
        shown = []
        for problem in self.problems:
            place = f"#value-{problem.source}" if problem.source else "#units"
            about = lines_of[int(problem.source)].name if problem.source else ""
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
        if content.get("place") in self.places:
            return outside_words(self.places[content["place"]], self.today), ""
        return f"{content['type']} {content['name']}".strip(), _("not settled in the tree yet")

    def _line(self, row: DraftValue) -> Line:
        span = (row.span_start, row.span_end)
        mine = self.problems_of.get(str(row.pk), [])
        label, shown = self._words(row, row.content)
        only_candidate = row.kind == "unit" and units.only_choice(row.content) is not None
        line = Line(
            row=row,
            label=label,
            name=beginning(shown) if row.kind in {"finding", "directive"} else label,
            shown=shown,
            mark=FINDING_MARKS[row.content["finding"]] if row.kind == "finding" else MARKS[row.kind],
            rule=rule_title(row.rule) if row.rule else "",
            excerpt=excerpt(self.draft.text, *span, AROUND) if span[0] is not None and span[1] is not None else None,  # type: ignore[arg-type]
            problems=[texts.problem(problem) for problem in mine],
            choices=choices(row, {problem.code for problem in mine}, self.offered) if mine else [],
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
            return event_labels()[row.name], self._event_words(row.name, content)
        if row.kind == "unit":
            return f"{content['type']} {content['name']}".strip(), self._unit_name(content)
        if row.kind == "figure":
            return indicator_name(content), figure_words(content)
        words = self.draft.text[row.span_start or 0 : row.span_end or 0]
        if row.kind == "finding":
            return str(Finding.Kind(content["finding"]).label), words
        return self._receiver_words(content), words

    def _unit_name(self, content: rules.Content) -> str:
        if content.get("place") in self.places:
            return place_words(self.places[content["place"]], self.today)
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
        line.how = how_words(content)
        line.known = self._of_another_time(content)
        only = units.only_choice(content)
        if content.get("place") in self.places:
            line.path = "" if line.problems else _("Outside the organisation tree: nothing is recorded of it.")
            line.kept = False
        elif content.get("places") and not content["candidates"]:
            line.path = several_words([self.places[k] for k in content["places"] if k in self.places], self.today)
        elif only and only["unit"] in self.tree:
            unit = self.tree[only["unit"]]
            if content.get("last") == unit.unit:
                words = _("For this name the office chose last time: %(unit)s, %(path)s")
            elif line.known:
                words = _("Meant may be: %(unit)s, %(path)s")
            else:
                words = _("Only one unit of this name lived that day: %(unit)s, %(path)s")
            line.path = words % {"unit": unit.name, "path": unit.path}
        if not content["in_session"]:
            line.about = (line.about + " " if line.about else "") + _(
                "Named only with figures or sentences, not a unit of the session."
            )

    def _of_another_time(self, content: rules.Content) -> str:
        """Where nothing bears the name on the day: who did before, and what became of it, or who will."""
        found = [self.places[key] for key in content.get("elsewhen", ()) if key in self.places]
        return " ".join(explained(place, self.day or self.today, self.today) for place in found)

    def _more_of_figure(self, line: Line, content: rules.Content) -> None:
        line.period = period_words(content["period"]) or (
            _("on the day of the session") if nature(content) == "stock" else ""
        )
        line.kept = content["indicator"] in indicators()
        if line.row.derived and content == line.row.found:
            line.how = content["explanation"] or _("follows from the other numbers of the sentence")
        rate = self.rates.get(line.row.pk)
        if rate is not None and rate.agrees:
            line.agrees = rate_words(rate)
        total = self.sums.get(line.row.pk)
        if total is not None and total.agrees:
            line.agrees = sum_words(total)
        line.known = self._other_numbers(content)

    def _other_numbers(self, content: rules.Content) -> str:
        """What earlier sources said for the same unit, indicator and time, where it differs."""
        unit = self.units[content["of"]].content["unit"] if content["of"] in self.units else None
        count = rules.number(content["value"])
        if not self.known_figures or content["indicator"] not in indicators() or self.day is None:
            return ""
        place = periods.when(nature(content), content["period"], self.day)
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


def _piece(segment: Segment, lines_of: Mapping[int, Line]) -> Piece:
    css = lines_of[segment.values[0]].mark if segment.values else ""
    if any(lines_of[pk].problems for pk in segment.values):
        css += " mark-problem"
    first, *others = (*segment.begins, None) if segment.begins else (None,)
    return Piece(segment.text, segment.at, segment.values, css, first, tuple(pk for pk in others if pk is not None))
