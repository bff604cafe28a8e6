"""Rights as content: `content/accounts/rights.yaml` says which kind of post may do what, for its own unit or all below, and which see."""

from functools import cache
from typing import Any

import yaml
from django.conf import settings

from .models import PostKind

REACHES = {"own", "below"}


@cache
def grants() -> dict[tuple[str, str], str]:
    """(post kind, action) → "own" or "below". A file that says anything else stops the start."""
    result: dict[tuple[str, str], str] = {}
    for action, kinds in _content()["actions"].items():
        for kind, reach in kinds.items():
            if reach not in REACHES:
                raise ValueError(f"rights.yaml: {action}/{kind} reaches {reach!r}; write own or below")
            result[_kind(kind, action), action] = reach
    return result


@cache
def sees() -> frozenset[str]:
    """The kinds of post that see the business of their scope."""
    return frozenset(_kind(kind, "sees") for kind in _content()["sees"])


@cache
def _content() -> Any:
    return yaml.safe_load((settings.CONTENT / "accounts" / "rights.yaml").read_text(encoding="utf-8"))


def _kind(kind: str, where: str) -> str:
    if kind not in PostKind.values:
        raise ValueError(f"rights.yaml: {where} names {kind!r}, which is no kind of post")
    return str(kind)
