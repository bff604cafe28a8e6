"""The measures by which the blocks of a document are set: fonts and sizes in points, lengths in millimetres."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of one level's documents. Lengths are millimetres, sizes points."""

    font: str
    top: float
    bottom: float
    left: float
    right: float
    title: float
    issuer: float
    number: float
    place: float
    type_name: float
    abstract: float
    letter_abstract: float
    body: float
    indent: float
    after: float
    line: float
    signing: float
    recipients: float

    @property
    def width(self) -> float:
        """Of the text on a page of A4."""
        return 210 - self.left - self.right


DEFAULT = Measures("Times New Roman", 20, 20, 30, 15, 15, 14, 14, 14, 16, 14, 12, 14, 10, 6, 18, 14, 12)
