"""The lexicons of `content/intake/`, read once and only when first needed."""

from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[3] / "content" / "intake"


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon `content/intake/<name>.yaml`. The caller does not change it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        loaded: dict[str, Any] = yaml.load(file, Loader=loader)  # noqa: S506 - a safe loader, the quick one where there is one
    return loaded


def expanded(pattern: str) -> Iterator[str]:
    """The phrases that a pattern of a lexicon stands for."""
    for words in product(*(place.strip().split("|") for place in pattern.strip('"').split(" + "))):
        yield " ".join(word.strip().strip('"') for word in words if word.strip())
