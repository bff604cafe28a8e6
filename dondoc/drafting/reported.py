"""A report that was sent, as the document that goes to the superior: its numbers and words as they were sent."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from dondoc.accounts.holders import head_post
from dondoc.figures.indicators import Indicator, indicators
from dondoc.lib import wording
from dondoc.organisations.queries import labels
from dondoc.reports.models import Report
from dondoc.reports.naming import title_of
from dondoc.reports.sheets import form_of

from .contents import REPORT, capital, head_lines, heading
from .heads import issuer_of
from .rules import Made
from .values import Content, Words

KIND = "report"
"""How a draft knows a report as its record."""

MOST_FIGURES = 40
FIELDS = ("indicator", "planned", "done", "rate")


def report(found: Report, day: date) -> Content | None:
    """The document of a report as it was sent last; None where it was not sent yet."""
    sent = found.submissions.order_by("-number").first()
    if sent is None:
        return None
    named = labels([found.filler_id, found.receiver_id], day)
    title = title_of(found)
    opening = _("%(unit)s reports the results of its work (%(title)s) as follows:") % {
        "unit": issuer_of(named[found.filler_id]),
        "title": title,
    }
    pieces = [Words("opening", opening, Made.HEAD, found.pk)]
    texts = dict(sent.sections.values_list("code", "text"))
    _form, version = form_of(found)
    for section in version.sections:
        said = [line.strip() for line in texts.get(section.code, "").splitlines() if line.strip()]
        name = "proposals" if section.difficulties else "body"
        if said:
            pieces.append(heading(name, section.title))
            pieces += [Words(name, capital(line), Made.REPORT, found.pk) for line in said]
    values = {key: value for key, value in sent.lines.values_list("key", "value") if value is not None}
    pieces += _table(values, found.pk)
    pieces.append(
        Words("closing", _("The above is the report of %(unit)s.") % {"unit": issuer_of(named[found.filler_id])})
    )
    post = head_post(found.filler_id, day)
    head = head_lines(
        found.filler_id,
        "BC",
        post.title if post else "",
        day,
        abstract=_without_type(title),
        recipients=[issuer_of(named[found.receiver_id])],
    )
    return Content(REPORT, KIND, found.pk, title, head, pieces, [found.receiver_id])


def _without_type(title: str) -> str:
    """What stands under the type of the document: "Báo cáo tháng 4/2023" → "kết quả công tác tháng 4/2023"."""
    rest = title.removeprefix("Báo cáo").strip()
    return _("results of work, %(period)s") % {"period": rest[:1].lower() + rest[1:]} if rest else title


def _table(values: Mapping[str, int], key: int) -> list[Words]:
    """A row for each number that says something: those of the tables that compare units, and all others that are not nothing."""
    known = indicators()
    shown = [known[name] for name, value in values.items() if name in known and (value or known[name].headline)]
    cells: list[Words] = []
    for row, one in enumerate(shown[:MOST_FIGURES], 1):
        told = _row(one, values)
        cells += [Words("figures", told[field], Made.REPORT, key, row=row, field=field) for field in FIELDS]
    return cells


def _row(one: Indicator, values: Mapping[str, int]) -> dict[str, str]:
    planned = values.get(one.rate_of) if one.rate_of else None
    return {
        "indicator": one.name,
        "planned": "" if planned is None else wording.number(planned),
        "done": f"{wording.number(values[one.key])} {one.unit}".strip(),
        "rate": wording.percent(values[one.key], planned) if planned else "",
    }
