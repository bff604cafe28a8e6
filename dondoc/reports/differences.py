"""What was sent beside what is known now, and where its numbers went."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery

from dondoc.organisations.models import Ancestry

from . import sheets
from .models import Difficulty, Report, SentLine, Submission
from .rules.forms import Mode
from .sheets import Sheet


@dataclass(frozen=True, slots=True)
class Compared:
    """A line as it was sent and as it is known now. `now_in` and `now_of` are its completeness now."""

    sent: SentLine
    name: str
    measure: str
    now: int | None
    now_in: int | None = None
    now_of: int | None = None

    @property
    def differs(self) -> bool:
        """Whether the number is another one now."""
        return self.sent.value != self.now

    @property
    def fuller(self) -> bool:
        """Whether more reports are in now than when it was sent."""
        return self.now_in is not None and self.now_in != self.sent.reported


def compare(submission: Submission, sheet: Sheet, *, live: bool = True) -> dict[str, Compared]:
    """Each line that was sent, with what is known of it now: what was typed as it was last accepted or sent, sums as they are.

    Not `live`: beside what was sent stands nothing else, as on a day before anything else was known.
    """
    later = (
        Submission.objects.filter(report=submission.report_id, number__gte=submission.number)
        .filter(Q(accepted_on__isnull=False) | Q(pk=submission.pk))
        .order_by("-number")
        .first()
    )
    assert later is not None
    typed = dict(later.lines.values_list("key", "value"))
    present = {row.key: row for row in sheet.rows}
    found = {}
    for line in submission.lines.order_by("pk"):
        row = present.get(line.key)
        if row is None:
            continue
        if not live:
            found[line.key] = Compared(line, row.name, row.measure, line.value)
            continue
        if line.mode in {Mode.ENTERED, Mode.OPENING} or row.total is None:
            found[line.key] = Compared(line, row.name, row.measure, typed.get(line.key))
        else:
            total = row.total
            found[line.key] = Compared(line, row.name, row.measure, row.value, total.reported, total.expected)
    return found


def difficulties_on(report: Report, day: date) -> list[Difficulty]:
    """The difficulties told in a report by the day; what was answered or withdrawn later is open still."""
    found = list(Difficulty.objects.filter(report=report, raised_on__lte=day).select_related("report").order_by("pk"))
    for one in found:
        one.answered_on = one.answered_on if one.answered_on and one.answered_on <= day else None
        one.withdrawn_on = one.withdrawn_on if one.withdrawn_on and one.withdrawn_on <= day else None
    return found


def went_into(report: Report) -> list[Report]:
    """The reports that hold this one's numbers: of superiors, and coarser ones of the same unit, each with `went_on`, the day on which
    it was first sent with them. What was sent before this one was accepted does not hold them. One query."""
    above = Ancestry.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=report.ends_on), descendant=report.unit_id, ancestor=OuterRef("unit")
    )
    first = report.submissions.filter(accepted_on__isnull=False).order_by("accepted_on").values("accepted_on")[:1]
    with_them = Submission.objects.filter(report=OuterRef("pk"), on__gte=Subquery(first)).order_by("on")
    rows = Report.objects.filter(
        Exists(above.filter(valid_from__lt=report.ends_on)),
        starts_on__lte=report.starts_on,
        ends_on__gte=report.ends_on,
        demand=None,
    )
    found = rows.annotate(went_on=Subquery(with_them.values("on")[:1])).filter(went_on__isnull=False)
    return list(found.exclude(pk=report.pk).order_by("went_on", "pk"))


def taken_in_late(report: Report) -> int:
    """How many reports below, of its days, were accepted only after its cut-off day; the sums hold them all the same. One query."""
    above = Ancestry.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("ends_on")), ancestor=report.unit_id, descendant=OuterRef("unit")
    )
    early = Submission.objects.filter(report=OuterRef("pk"), accepted_on__lte=report.cut_off_on)
    late = Submission.objects.filter(report=OuterRef("pk"), accepted_on__gt=report.cut_off_on)
    rows = Report.objects.filter(
        Exists(above.filter(valid_from__lt=OuterRef("ends_on"))),
        Exists(late),
        ~Exists(early),
        starts_on__gte=report.starts_on,
        ends_on__lte=report.ends_on,
        demand=None,
    )
    return rows.exclude(unit=report.unit_id).count()


def sheet_of(report: Report) -> Sheet:
    """The report as it is known now."""
    return sheets.read(report)
