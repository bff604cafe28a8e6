"""The sentences of the pages of reorganisations."""

from typing import Any

REFUSALS: dict[str, Any] = {}
PROBLEMS: dict[str, Any] = {}
ACTIONS: dict[str, Any] = {}
