"""What the templates of reports need."""

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from dondoc.web.templatetags.dondoc import on_url, shape

register = template.Library()
_NONE = mark_safe('<span class="faint">–</span>')


@register.simple_tag(takes_context=True)
def kept(context: Context, cell: tuple[int, str, str] | None) -> SafeString:
    """How a unit kept to one report (its key, standing and word), or that it had none to give. A page shows a thousand of them."""
    if cell is None:
        return _NONE
    pk, standing, word = cell
    late = standing in {"overdue", "accepted_late"}
    return format_html(
        '<a href="{}" title="{}">{}{}<span class="visually-hidden">{}</span></a>',
        on_url(context, "reports:report", pk),
        word,
        shape(standing),
        format_html(' <span aria-hidden="true">{}</span>', gettext("late")) if late else "",
        word,
    )
