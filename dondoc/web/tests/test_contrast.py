"""Every pair of colours that text is set in has a contrast of at least 4.5 to 1 (WCAG 2.1, 1.4.3); marks and borders 3 to 1."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parent.parent / "static" / "web"
TONES = ("grey", "blue", "amber", "red", "violet", "green", "ochre", "gold")
TOKENS: dict[str, str] = dict(
    re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (STYLES / "tokens.css").read_text(encoding="utf-8"))
)

TEXT_PAIRS = [
    *[(ink, paper) for ink in ("ink", "ink-soft", "ink-faint", "link") for paper in ("paper", "ground", "sunk")],
    *[(tone, paper) for tone in TONES for paper in ("paper", "ground", f"{tone}-soft", "link-soft")],
    *[(ink, f"{tone}-soft") for ink in ("ink", "link") for tone in TONES],
    *[(ink, "other-day") for ink in ("ink", "ink-soft", "ink-faint", "link", "other-day-ink")],
    ("ink-soft", "link-soft"),
    ("ink-faint", "link-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-accent", "link"),
    ("demo-ink", "demo"),
]
MARK_PAIRS = [
    ("line-strong", "paper"),
    ("line-strong", "ground"),
    ("accent", "paper"),
    ("accent", "other-day"),
    ("focus", "paper"),
    ("focus", "ground"),
    ("focus", "other-day"),
    ("gold-mark", "paper"),
]


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_can_be_read(ink: str, paper: str) -> None:
    assert contrast(TOKENS[ink], TOKENS[paper]) >= 4.5


@pytest.mark.parametrize(("mark", "paper"), MARK_PAIRS)
def test_marks_and_borders_can_be_seen(mark: str, paper: str) -> None:
    assert contrast(TOKENS[mark], TOKENS[paper]) >= 3


def test_every_token_that_is_used_exists() -> None:
    styles = {path.name: path.read_text(encoding="utf-8") for path in STYLES.glob("*.css")}
    known = set(re.findall(r"(--[a-z0-9-]+):", "".join(styles.values())))
    unknown = {(name, used) for name, text in styles.items() for used in re.findall(r"var\((--[a-z0-9-]+)\)", text)}
    assert {(name, used) for name, used in unknown if used not in known} == set()


def test_styles_use_nothing_newer_than_the_oldest_browser() -> None:
    """Chrome 109 and Firefox 115 know neither nested rules nor these functions (`:has` is missing in Firefox 115)."""
    newer = re.compile(r":has\(|color-mix\(|oklch\(|light-dark\(|@scope|^\s*&|@starting-style|anchor\(", re.MULTILINE)
    assert [path.name for path in STYLES.glob("*.css") if newer.search(path.read_text(encoding="utf-8"))] == []
