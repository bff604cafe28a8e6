"""What reports are called."""

from dondoc.figures.words import period_words
from dondoc.lib.wording import day

from .content import forms
from .models import Report
from .rules.periods import ONCE, written


def days_words(report: Report) -> str:
    """The days of a report in words: "tháng 4/2023", or from and to where it is of a part."""
    every = forms()[report.form].every
    if every == ONCE and (report.ends_on - report.starts_on).days == 1:
        return day(report.starts_on)
    return period_words(written(every, report.starts_on, report.ends_on))


def title_of(report: Report) -> str:
    """What a report is called: "Báo cáo quý II/2023", with its days where it is of a part, or what was asked for. Reads the demand where there is one."""
    if report.demand_id and report.demand:
        return report.demand.title
    form = forms()[report.form]
    if form.every == ONCE or written(form.every, report.starts_on, report.ends_on) == report.period:
        return form.title.format(days=days_words(report))
    return f"{round_title(report.form, report.period)} ({days_words(report)})"


def round_title(form: str, period: str) -> str:
    """What the reports of a form and a whole period are called."""
    return forms()[form].title.format(days=period_words(period))
