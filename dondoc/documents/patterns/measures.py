"""The measures by which our documents are set: those that the format in force uses. Sizes in points, lengths in millimetres."""

from collections.abc import Mapping
from dataclasses import dataclass

from dondoc.documents.format.measures import Format


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a part are set."""

    font: str
    size: float
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    upper: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """What of a format is needed to set a document. `line` is the least from line to line of the body, `after` what follows a paragraph."""

    letters: Mapping[str, Letters]
    top: float
    bottom: float
    left: float
    right: float
    indent: float
    after: float
    line: float
    title: str
    ruled: bool
    star: bool
    colon: bool
    zero: bool

    @property
    def width(self) -> float:
        """Of the text on a page of A4."""
        return 210 - self.left - self.right


def of(form: Format) -> Measures:
    """The measures of a format. ValueError where it does not say how large the letters of the body are."""
    size = form.letters["body"].size if "body" in form.letters else None
    if size is None or form.indent is None:
        raise ValueError(f"format.yaml: {form.code} does not say how the body is set, so no document can be made by it")
    letters = {
        part: Letters(
            font=form.fonts[0],
            size=(face.size or size).use,
            bold=bool(face.bold),
            italic=bool(face.italic),
            underlined=bool(face.underlined),
            upper=bool(face.upper),
        )
        for part, face in form.letters.items()
    }
    return Measures(
        letters=letters,
        **{side: form.margins[side].use for side in ("top", "bottom", "left", "right")},
        indent=form.indent.use,
        after=form.space_after,
        line=form.least_line,
        title=form.title,
        ruled=form.line_below_title,
        star=form.star,
        colon=form.colon_after_number,
        zero=form.zero_before_digit,
    )
