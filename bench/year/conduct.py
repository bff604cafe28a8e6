"""One unit lives through the year: what it plans, does, forgets, makes good, and what of that gets into the records on which day.

The truth of every obligation is laid down here, when the unit does or omits it; no record is looked at again to find it out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from .forging import forge
from .owed import Duty, Period, Regulation, around, periods
from .province import Unit
from .truth import Facts, truth
from .workdays import DAY, FIRST, next_working, works

MEETINGS = {"committee_meeting", "standing_meeting", "briefing", "conference", "cell_meeting", "thematic_meeting"}
PAPERS = {
    "programme": ("chương trình", "Chương trình công tác năm 2026"),
    "inspection_programme": ("chương trình", "Chương trình kiểm tra, giám sát năm 2026"),
    "inspection": ("thông báo", "Kết luận kiểm tra việc thực hiện nhiệm vụ"),
    "review": ("báo cáo", "Báo cáo kiểm điểm tập thể, đánh giá, xếp loại năm 2026"),
    "regulation_review": ("báo cáo", "Kết quả thực hiện quy chế làm việc"),
    "reception": ("thông báo", "Kết quả tiếp công dân của người đứng đầu"),
    "dialogue": ("thông báo", "Đối thoại của người đứng đầu với nhân dân"),
}
"""The document that shows it: its type, and its abstract."""
HOURS = {
    "briefing": ("07:30", "08:20"),
    "standing_meeting": ("08:30", "10:30"),
    "committee_meeting": ("14:00", "15:40"),
    "cell_meeting": ("14:00", "15:40"),
    "conference": ("16:30", "18:00"),
    "thematic_meeting": ("19:00", "20:40"),
}
"""A unit meets once at a time."""
YEARLY = {"programme", "inspection_programme", "review"}
WAYS = {
    "meeting": {"no_plan": 35, "not_done": 30, "late": 15, "bare": 8, "minutes_late": 4, "excused": 4, "excused_late": 2, "refused": 2},
    "paper": {"not_done": 60, "late": 30, "excused": 5, "excused_late": 3, "refused": 2},
    "attends_cell": {"not_done": 100},
    "report": {"not_done": 30, "late": 60, "excused": 5, "excused_late": 3, "refused": 2},
    "declared": {"not_done": 35, "late": 30, "bare": 20, "told_late": 10, "excused": 5},
}  # fmt: skip
"""How it goes where it does not go well."""
IN_TIME = {"done", "told_late", "minutes_late"}


@dataclass
class Life:
    """The year of one unit: its records (`events`), and the truth of what it owed."""

    unit: Unit
    chance: Random
    events: list[dict[str, Any]] = field(default_factory=list)
    truths: list[dict[str, Any]] = field(default_factory=list)
    forged: list[dict[str, Any]] = field(default_factory=list)
    meetings: list[dict[str, Any]] = field(default_factory=list)
    visits: list[Period] = field(default_factory=list)
    adopted: date = FIRST
    charged: bool = True

    def tell(self, on: date, what: str, **rest: Any) -> None:
        """Into the records on a day, unless the unit has ended by then."""
        if self.unit.ends is None or on < self.unit.ends:
            self.events.append({"on": on, "what": what, "unit": self.unit.code, **rest})

    def slips(self, day: date) -> bool:
        """Whether what is to be done about that day goes wrong."""
        since = self.unit.since
        risk = {"forgetful": 0.08, "forging": 0.02}.get(self.unit.conduct, 0.003)
        if since is not None and day >= since:
            risk = min(0.7, 0.7 * (day - since).days / 150)
        return self.chance.random() < risk

    def live(self, regulations: Sequence[Regulation]) -> None:
        """Through all that its regulations ask for."""
        together: dict[str, list[tuple[Duty, Period]]] = {}
        for regulation in regulations:
            until = min(regulation.until, self.unit.ends or date.max)
            for duty in regulation.duties:
                for period in periods(duty, regulation.holds_from, until):
                    together.setdefault(duty.code, []).append((duty, period))
        self.charged = self.chance.random() > 0.05
        if self.charged and self.unit.kind == "commune" and regulations:
            self.tell(self.adopted, "charged")
        for owed in sorted(together.values(), key=lambda one: one[0][0].evidence == "thematic_meeting"):
            self._duty(owed)
        for regulation in regulations:
            until = min(regulation.until, self.unit.ends or date.max)
            for duty in regulation.duties:
                if "around" in duty.cadence:
                    self._around(duty, regulation.holds_from, until)

    def _duty(self, owed: Sequence[tuple[Duty, Period]]) -> None:
        ways = [self._way(duty, period) for duty, period in owed]
        for at, (duty, period) in enumerate(owed):
            # What comes late beside the next time's own makes the earlier one good; beside nothing it would be the next time's.
            tied = duty.evidence in {"report", "declared", *YEARLY}
            if ways[at] == "late" and not tied:
                following = owed[at + 1][1] if at + 1 < len(owed) else None
                fits = following is not None and following.begins == period.ends
                if not fits or (self.unit.ends is not None and following and following.last >= self.unit.ends):
                    ways[at] = "not_done"
                else:
                    ways[at + 1] = "done"
        before = date.min
        for (duty, period), way in zip(owed, ways, strict=True):
            self._carry_out(duty, period, way, before)
            # The next time's own comes after what makes this one good.
            before = self._late(period) if way == "late" else period.last

    def _way(self, duty: Duty, period: Period) -> str:
        if duty.evidence == "document" or not self.slips(period.due):
            return "done"
        ways = WAYS.get(duty.evidence, WAYS["meeting" if duty.evidence in MEETINGS else "paper"])
        way = self.chance.choices(list(ways), list(ways.values()))[0]
        return "not_done" if way.startswith(("excused", "refused")) and "weekday" in duty.cadence else way

    def _day(self, period: Period, before: date, *, weekend: bool = False) -> date:
        """A day in the period after the last one in time for the period before; in the grace where there is none."""
        days = [period.begins + timedelta(n) for n in range((period.last - period.begins).days + 1)]
        free = [day for day in days if day > before and (works(day) or weekend)]
        own = [day for day in free if day < period.ends]
        # Nobody meets in the first days of a month, so that what comes late stays apart from what is in time.
        usual = [day for day in own if day.isoformat() < "2026-02-13" or day.isoformat() > "2026-02-22"][
            len(own) // 4 :
        ]
        return self.chance.choice(usual or own or free or [period.last])

    def _late(self, period: Period) -> date:
        return next_working(max(period.ends, period.last + DAY))

    def _carry_out(self, duty: Duty, period: Period, way: str, before: date) -> None:
        facts = Facts()
        if way in {"excused", "excused_late", "refused"}:
            asked = period.last - 2 * DAY if way == "excused" else period.last + 3 * DAY
            answered = period.last if way == "excused" else next_working(period.last + 5 * DAY)
            place = {"code": duty.code, "begins": period.begins}
            self.tell(asked, "excuse.asked", **place, reason="Thiên tai")
            self.tell(answered, "excuse.answered", **place, granted=way != "refused")
            told = self.unit.ends is None or answered < self.unit.ends
            facts.excused = answered if way != "refused" and told else None
            way = "not_done"
        if duty.evidence in MEETINGS:
            self._meeting(duty, period, way, before, facts)
        elif duty.evidence == "declared":
            self._declared(duty, period, way, facts)
        elif duty.evidence == "report":
            if way != "not_done":
                ahead = self.chance.randrange(min(4, (period.due - period.ends).days + 1))
                on = period.due - ahead * DAY if way == "done" else period.last + self.chance.randrange(1, 12) * DAY
                facts.done = facts.known = on
                report = {"begins": period.begins, "ends": period.ends, "due": period.due, "more": 0}
                self.tell(on, "report", **forge(self, duty, on, report))
        elif duty.evidence == "attends_cell":
            facts.planned = self.charged
            if way == "done" and self.charged:
                # Never more than once in a quarter: one who comes twice would make an earlier lapse good.
                facts.done = facts.known = self._day(period, before)
                # At which meeting is chosen when the cells have lived (`generate.attend`).
                if self.unit.ends is None or facts.done < self.unit.ends:
                    self.visits.append(period)
        elif duty.evidence == "document":
            facts.done = facts.known = period.begins
        elif way != "not_done":
            # An inspection is planned by its programme: without one there is no plan.
            on = self._late(period) if way == "late" else self._day(period, before)
            facts.done = facts.known = on
            kind, abstract = PAPERS[duty.evidence]
            self.tell(on, "document", type=kind, abstract=abstract, dated=on)
        if duty.evidence == "inspection":
            facts.planned = any(one["code"] == "inspection_programme" and one["verdict"] in {"done", "late"} for one in self.truths)  # fmt: skip
        self.truths.append(truth(self.unit.code, duty, period, facts, self.unit.ends))

    def _declared(self, duty: Duty, period: Period, way: str, facts: Facts) -> None:
        if way == "not_done":
            return
        on = period.last + 4 * DAY if way == "late" else period.begins + self.chance.randrange(9, 27) * DAY
        known = period.last + 6 * DAY if way == "told_late" else on
        if way == "bare":
            facts.bare = on
        else:
            facts.done, facts.known = on, known
        self.tell(known, "declared", code=duty.code, begins=period.begins, done=on, proof=way != "bare")

    def _meeting(self, duty: Duty, period: Period, way: str, before: date, facts: Facts) -> None:
        kind = duty.evidence
        planned = self._day(period, before, weekend=kind in {"cell_meeting", "thematic_meeting"})
        if kind == "thematic_meeting" and way == "done" and self.chance.random() < 0.3:
            # Together with the regular one of the month.
            own = [one for one in self.meetings if one["kind"] == "cell_meeting" and one["minutes"] and one["held"]]
            joined = [
                one for one in own if period.begins <= one["held"] < period.ends and one["held"] == one["minutes"]
            ]
            if joined:
                chosen = self.chance.choice(joined)
                chosen["thematic"] = True
                facts.done = facts.known = chosen["held"]
                return
        if way == "late":
            facts.planned = self.chance.random() < 0.5
        if way == "no_plan":
            facts.planned = False
            return
        if facts.planned:
            held = None if way in {"not_done", "late"} else planned
            minutes = None if way == "bare" or held is None else held
            if way == "minutes_late":
                minutes = period.last + 4 * DAY
            self._meet(kind, planned, held, minutes)
            if held is not None and minutes is None:
                facts.bare = held
            elif held is not None:
                facts.done, facts.known = held, minutes
                if minutes and self.unit.ends is not None and minutes >= self.unit.ends:
                    facts.known = minutes
        if way == "late":
            on = self._late(period)
            self._meet(kind, on, on, on, decided=on - 5 * DAY)
            facts.done = facts.known = on

    def _meet(
        self, kind: str, planned: date, held: date | None, minutes: date | None, decided: date | None = None
    ) -> None:
        """One meeting with all that goes with it; papers and conclusion follow in `_around`."""
        start = self.start(planned)
        first, moved = planned, None
        if held and decided is None and kind != "briefing" and self.chance.random() < 0.05:
            # It was planned for another day of the same month, and moved well before.
            other = planned + self.chance.choice([-3, -2, 2, 3]) * DAY
            if other.month == planned.month and other > start + 25 * DAY:
                first, moved = other, min(other, planned) - 9 * DAY
        taken = {(one["kind"], day) for one in self.meetings for day in (one["planned"], one["first"])}
        if (kind, first) in taken:
            first, moved = planned, None
        assert (kind, planned) not in taken, (self.unit.code, kind, planned)
        recorded = max(start, decided) if decided else start
        key = f"{self.unit.code}:{kind}:{len(self.meetings)}"
        one = {
            "key": key, "kind": kind, "first": first, "planned": planned, "moved": moved, "recorded": min(recorded, first),
            "held": held, "minutes": minutes, "thematic": False,
        }  # fmt: skip
        self.meetings.append(one)

    def start(self, day: date) -> date:
        """The day on which the year's calendar was laid down."""
        return (
            next_working(max(FIRST, self.adopted) + 3 * DAY) if day > self.adopted + 6 * DAY else min(day, self.adopted)
        )

    def _around(self, duty: Duty, start: date, until: date) -> None:
        """What goes before or follows the meetings of a kind that lie in the regulation's days."""
        for one in self.meetings:
            base = one["held"] or one["planned"]
            if one["kind"] != duty.cadence["around"] or not start <= base < until:
                continue
            after = duty.cadence["days"] >= 0
            if after and one["held"] is None:
                continue
            due, last = around(duty, base)
            facts = Facts()
            slipped = self.slips(base) or (not after and one["held"] is None and self.chance.random() < 0.5)
            late = slipped and self.chance.random() < 0.4
            if late and not after and one["held"] is None:
                late = False
            if not slipped or late:
                if after:
                    on = last + 3 * DAY if late else min(due, base + self.chance.randrange(3) * DAY)
                else:
                    on = due + DAY if late else max(one["recorded"], due - self.chance.randrange(2) * DAY)
                if on <= due or late:
                    facts.done = facts.known = on
                    one["concluded" if after else "invited"] = on
            period = Period(min(due, base), max(due, base) + DAY, due, last)
            self.truths.append(truth(self.unit.code, duty, period, facts, self.unit.ends, one["key"]))

    def write_down(self) -> None:
        """The meetings as records by day, and in the reports how many there were."""
        for event in self.events:
            if event["what"] == "report":
                days = [one["held"] for one in self.meetings if one["held"]]
                there = sum(event["begins"] <= day < event["ends"] and day <= event["on"] for day in days)
                event["meetings"] = there + event.pop("more")
        for one in self.meetings:
            key, held = one["key"], one["held"]
            self.tell(one["recorded"], "meeting.planned", key=key, kind=one["kind"], day=one["first"], thematic=one["thematic"])  # fmt: skip
            if one["moved"]:
                self.tell(one["moved"], "meeting.moved", key=key, day=one["planned"], reason="Bí thư đi công tác")
            if "invited" in one:
                self.tell(one["invited"], "meeting.invited", key=key)
            if held:
                began, ended = HOURS[one["kind"]]
                clock = {"began": began, "ended": "16:10" if one["thematic"] else ended}
                minutes = {"key": key, "minutes": one["minutes"], **clock}
                told = forge(self, None, held, minutes) if one["minutes"] == held else minutes
                self.tell(held, "meeting.held", **{name: value for name, value in told.items() if name != "minutes"})
                if one["minutes"]:
                    self.tell(one["minutes"], "meeting.minutes", key=key, day=told["minutes"])
            if "concluded" in one:
                self.tell(one["concluded"], "meeting.concluded", key=key, dated=one["concluded"])
