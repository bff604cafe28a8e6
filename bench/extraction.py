"""Reading the retelling of the article on one core; beside it pyvi, which only divides the same text into Vietnamese words."""

import os
import warnings
from pathlib import Path

from bench.row import Row, milliseconds

TEXT = Path(__file__).resolve().parent.parent / "content" / "demonstration" / "article.txt"


def measure() -> Row:
    """Both medians, in milliseconds."""
    from dondoc.intake.extract.reader import read

    warnings.simplefilter("ignore")
    from pyvi import ViTokenizer

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    text = TEXT.read_text(encoding="utf-8")
    return Row(
        "extraction",
        milliseconds(lambda: read(text)),
        "ms",
        "pyvi, words only",
        milliseconds(lambda: ViTokenizer.tokenize(text)),
        3,
    )
