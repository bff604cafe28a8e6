"""Rights as content: `content/accounts/rights.yaml` says which kind of post may do what, for its own unit or all below."""

from functools import cache

import yaml
from django.conf import settings

REACHES = {"own", "below"}


@cache
def grants() -> dict[tuple[str, str], str]:
    """(post kind, action) → "own" or "below". A file that says anything else stops the start."""
    raw = yaml.safe_load((settings.CONTENT / "accounts" / "rights.yaml").read_text(encoding="utf-8"))
    result: dict[tuple[str, str], str] = {}
    for action, kinds in raw["actions"].items():
        for kind, reach in kinds.items():
            if reach not in REACHES:
                raise ValueError(f"rights.yaml: {action}/{kind} reaches {reach!r}; write own or below")
            result[kind, action] = reach
    return result
