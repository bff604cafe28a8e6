"""Filters and tags of every page (a builtin library: no `load` needed)."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.http import QueryDict
from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from lucide import _render_icon

from dondoc.lib import wording
from dondoc.web import states

register = Library()
_NUMBERS = (7070707, 6060606)


def _date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


@register.filter
def day(value: date | datetime | None) -> str:
    """28/04/2023; nothing for no day."""
    return wording.day(_date(value)) if value else ""


@register.filter
def weekday_day(value: date | datetime | None) -> str:
    """Thứ Sáu, 28/04/2023; nothing for no day."""
    return wording.weekday_day(_date(value)) if value else ""


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Thứ Sáu; nothing for no day."""
    return wording.WEEKDAYS[_date(value).weekday()] if value else ""


@register.filter
def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """1.234,5; "chưa có số liệu" for none."""
    return wording.number(value, places)


@register.filter
def relative(value: date | datetime | None, today: date) -> str:
    """A deadline as seen from today: còn 3 ngày, hôm nay, quá hạn 12 ngày; nothing for no day."""
    return wording.relative(_date(value), today) if value else ""


@register.filter
def ago(value: date | datetime | None, today: date) -> str:
    """An event as seen from today: hôm nay, hôm qua, 12 ngày trước; nothing for no day."""
    return wording.ago(_date(value), today) if value else ""


@register.simple_tag
def rate(numerator: int | None, denominator: int | None, places: int = 1) -> SafeString:
    """69,2 %, kept on one line."""
    return format_html('<span class="rate">{}</span>', wording.percent(numerator, denominator, places))


@register.simple_tag(takes_context=True)
def act_fields(context: Context, seen: int | str) -> SafeString:
    """What every acting form carries: the token against forgery, the version that the person has seen, and the form's own key."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="seen" value="{}"><input type="hidden" name="key" value="{}">',
        context.get("csrf_token", ""),
        seen,
        uuid4(),
    )


@lru_cache(maxsize=256)
def _icon(name: str, size: int) -> SafeString:
    drawing = _render_icon(name, size, **{"class": "icon", "aria-hidden": "true", "focusable": "false"})
    return mark_safe(drawing)  # noqa: S308 (drawn by the library, nothing of it typed by a person)


@register.simple_tag
def icon(name: str, size: int = 18) -> SafeString:
    """A lucide icon, `size` pixels wide, hidden from screen readers: the word stands beside it."""
    return _icon(str(name), size)


@register.simple_tag
def state(code: str, word: str = "") -> SafeString:
    """A state as shape, word and colour; `word` says it otherwise where the page needs it ("Chưa giao")."""
    return _state(code, str(word or states.STATES[code].word))


@lru_cache(maxsize=500)
def _state(code: str, word: str) -> SafeString:
    shown = states.STATES[code]
    return format_html('<span class="state tone-{}">{}{}</span>', shown.tone, states.svg(shown.sign), word)


@register.simple_tag
@lru_cache(maxsize=100)
def shape(code: str) -> SafeString:
    """Only the coloured shape of a state, where its word stands beside it anyway (tabs, charts)."""
    shown = states.STATES[code]
    return format_html('<span class="tone-{}">{}</span>', shown.tone, states.svg(shown.sign))


def _of(frame: Any, name: str) -> Any:
    """A value of the frame, which may be a mapping or an object, as in templates."""
    return frame.get(name) if isinstance(frame, dict) else getattr(frame, name, None)


def _carried_day(context: Context) -> str:
    """The shown day as the address writes it, or nothing while today is shown."""
    frame = context.get("frame")
    on: date | None = _of(frame, "on")
    if on is None or _of(frame, "on_is_today"):
        return ""
    request = context.get("request")
    return (request.GET.get("on") if request else None) or wording.day(on)


@lru_cache(maxsize=1000)
def _pattern(name: str, rest: tuple[str, ...], prefix: str, urlconf: str | None) -> tuple[str, str] | None:
    """What stands before and behind the number that a page's address begins with; None where it is not as simple."""
    try:
        found = [reverse(name, args=[one, *rest], urlconf=urlconf).partition(str(one)) for one in _NUMBERS]
    except NoReverseMatch:
        return None
    return (found[0][0], found[0][2]) if found[0][::2] == found[1][::2] else None


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """What `{% url %}` gives. A page that names hundreds of addresses of one kind looks for their pattern once."""
    if args and not kwargs and type(args[0]) is int and args[0] >= 0 and all(type(one) is str for one in args[1:]):
        pattern = _pattern(name, args[1:], get_script_prefix(), get_urlconf())
        if pattern is not None:
            return f"{pattern[0]}{args[0]}{pattern[1]}"
    return reverse(name, args=args, kwargs=kwargs)


register.simple_tag(address)


@register.simple_tag(takes_context=True)
def on_url(context: Context, name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page, keeping the shown day when it is not today."""
    page = address(name, *args, **kwargs)
    carried = _carried_day(context)
    if not carried:
        return page
    query = QueryDict(mutable=True)
    query["on"] = carried
    return f"{page}?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def and_on(context: Context) -> SafeString:
    """What an address with a query ends with so that it keeps the shown day: `…?unit=3{% and_on %}`; nothing while today is shown."""
    carried = _carried_day(context)
    return format_html("&on={}", quote(carried)) if carried else SafeString("")


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's query with some values changed, for filters and pages: `{% query state="overdue" page=None %}`."""
    changed = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


@register.simple_tag(takes_context=True)
def query_fields(context: Context, *dropped: str) -> SafeString:
    """This page's query as hidden fields of a GET form, without the named ones (and without the page number)."""
    kept = [
        (name, value)
        for name, values in context["request"].GET.lists()
        for value in values
        if name not in dropped and name != "page"
    ]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)


@register.simple_tag
def bar(numerator: int | None, denominator: int | None, tone: str = "blue") -> SafeString:
    """A zero-based bar of a rate, beside its number; capped at the full width. Nothing when there is no rate."""
    if numerator is None or not denominator:
        return SafeString("")
    width = max(0, min(100, round(100 * numerator / denominator)))
    return format_html(
        '<svg class="bar tone-{}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bar-all" width="100" height="6"/><rect class="bar-done" width="{}" height="6"/></svg>',
        tone,
        width,
    )


@register.simple_tag
def sparkline(values: Sequence[int | float | Decimal | None]) -> SafeString:
    """A small trend beside a number: one point per period, a gap where there is no figure; it starts at zero."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return SafeString("")
    top = max(known) or 1.0
    step = 92 / (len(values) - 1)
    path, pen_down, last = [], False, (0.0, 0.0)
    for place, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        last = (4 + place * step, 25 - 21 * float(value) / top)
        path.append(f"{'L' if pen_down else 'M'}{last[0]:.1f} {last[1]:.1f}")
        pen_down = True
    return format_html(
        '<svg class="sparkline" viewBox="0 0 100 28" width="100" height="28" aria-hidden="true" focusable="false">'
        '<path class="spark-base" d="M4 26.5h92"/><path class="spark-line" d="{}"/>'
        '<circle class="spark-last" cx="{}" cy="{}" r="2.5"/></svg>',
        "".join(path),
        f"{last[0]:.1f}",
        f"{last[1]:.1f}",
    )


class _Again(Node):
    """The content of a block, once more."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> SafeString:
        block = context.render_context[BLOCK_CONTEXT_KEY].get_block(self.name)
        return mark_safe(str(block.render(context)).strip())  # noqa: S308 (a template has escaped it already)


@register.tag
def again(parser: Parser, token: Token) -> Node:
    """`{% again title %}` repeats a block that this page has already shown: the title is both the tab's and the page's heading."""
    words = token.split_contents()
    if len(words) != 2:
        raise TemplateSyntaxError("Write {% again block_name %}.")
    return _Again(words[1])


class _Tidy(Node):
    """Blocks shown only when they hold something."""

    def __init__(self, content: NodeList, tag: str, css: str) -> None:
        self.content = content
        self.tag = tag
        self.css = css

    def render(self, context: Context) -> SafeString:
        inner = mark_safe(self.content.render(context).strip())  # noqa: S308 (a template has escaped it already)
        if not inner:
            return SafeString("")
        return format_html('<{0} class="{1}">{2}</{0}>', self.tag, self.css, inner)


@register.tag
def unless_empty(parser: Parser, token: Token) -> Node:
    """`{% unless_empty p lead %}…{% endunless_empty %}` wraps its content in <p class="lead">, or shows nothing at all."""
    words = token.split_contents()
    if len(words) != 3:
        raise TemplateSyntaxError("Write {% unless_empty tag class %}.")
    content = parser.parse(("endunless_empty",))
    parser.delete_first_token()
    return _Tidy(content, words[1], words[2])
