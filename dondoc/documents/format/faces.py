"""How a part's letters are set and how they should be; what a problem of the form is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from .layout import Line
from .measures import Face, Format

_POINTS = 0.1
_MOST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: what, in which part (a name of `content.PARTS`, or sheet, head), what is there and what is due.

    `found` and `due` are words and measures as they stand in the document and in the format, without sentences. `verified` is False
    where the demand was taken from practice. `paragraph` counts from 1 in the file, None where it is about the whole.
    """

    code: str
    place: str
    found: str = ""
    due: str = ""
    verified: bool = True
    paragraph: int | None = None


def shown(text: str) -> str:
    """A piece of the document, short enough for a message."""
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"


def measured(number: float) -> str:
    """A number with a decimal comma and at most one digit after it."""
    return f"{number:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def due_of(least: float, most: float) -> str:
    """What a measure allows, such as "14" or "14–15"."""
    return measured(least) if least == most else f"{measured(least)}–{measured(most)}"


def faced(part: str, lines: Iterable[Line | None], form: Format) -> Iterator[Problem]:
    """Size, capitals, weight, slope and underline of a part; each once, with the first line where it is wrong."""
    face = form.letters.get(part, Face())
    seen = [line for line in lines if line is not None and line.lettered]
    checks: list[tuple[str, Callable[[Line], bool], Callable[[Line], str], str]] = []
    if (size := face.size) is not None:
        checks.append(
            (
                "size",
                lambda line: size.holds(line.size, _POINTS),
                lambda line: measured(line.size),
                due_of(size.least, size.most),
            )
        )
    if face.upper is not None:
        code = "capitals" if face.upper else "not_capitals"
        checks.append((code, lambda line: line.text.isupper() is face.upper, lambda line: shown(line.text), ""))
    for code, quality, wanted in (
        ("bold", "bold", face.bold),
        ("italic", "italic", face.italic),
        ("underlined", "underlined", face.underlined),
    ):
        if wanted is not None:
            checks.append(_quality(code, quality, wanted))
    for code, holds, shows, due in checks:
        wrong = next((line for line in seen if not holds(line)), None)
        if wrong is not None:
            yield Problem(f"{part}_{code}", part, shows(wrong), due, face.verified, wrong.paragraph)


def _quality(code: str, quality: str, wanted: bool) -> tuple[str, Callable[[Line], bool], Callable[[Line], str], str]:
    return (
        code if wanted else f"not_{code}",
        lambda line: line.mostly(quality) is wanted,
        lambda line: shown(line.text),
        "",
    )
