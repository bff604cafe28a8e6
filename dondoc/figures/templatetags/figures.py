"""What the templates of figures need: periods in words, and addresses that keep the day and the period shown."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import Context

from dondoc.figures import words
from dondoc.figures.models import Figure
from dondoc.lib import wording
from dondoc.web.templatetags.dondoc import on_url

register = template.Library()


@register.filter
def when(figure: Figure) -> str:
    """The period of a flow in words, nothing for a stock, which has a day."""
    return words.period_words(figure.period) if figure.period else ""


@register.filter
def valued(figure: Figure) -> str:
    """The number as it was said: "gần 200"."""
    return f"{words.QUALIFIERS.get(figure.qualifier, '')} {wording.number(figure.value)}".strip()


@register.filter
def month(period: str) -> str:
    """The month of a column: "4/2023"."""
    return f"{int(period[5:])}/{period[:4]}"


@register.simple_tag(takes_context=True)
def figures_url(context: Context, name: str, *args: Any, period: str = "") -> str:
    """The address of a page of figures for the day and the period that are shown, or for another period."""
    address = on_url(context, name, *args)
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'period': period or context['period']})}"
