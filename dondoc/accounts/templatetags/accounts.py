"""The accounts of a demonstration, for its sign-in page."""

from typing import Any

from django.template import Context, Library

from dondoc.accounts import demonstration

register = Library()


@register.simple_tag(takes_context=True)
def demonstration_accounts(context: Context) -> dict[str, Any]:
    """The accounts by unit and post, and the password that all share. Empty in an installation that is used for work."""
    clock = getattr(context["request"], "demonstration", None)
    return {"groups": demonstration.ways_in(clock.day), "password": demonstration.password()} if clock else {}
