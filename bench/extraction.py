"""Reading the reference article, or its retelling, on one core; beside it pyvi, which only divides the same text into words.

Speed counts only where the reading is right: the cases of the article and of its retelling are run first, and where one
fails there is no row. underthesea's named entities are measured in the same run where that package is installed. It is
none of ours: it is large, and fetches what it has learnt from the network.
"""

import json
import os
import subprocess
import sys
import warnings
from importlib import import_module
from pathlib import Path

from bench.row import Row, milliseconds

ROOT = Path(__file__).resolve().parent.parent
RETELLING = ROOT / "content" / "demonstration" / "article.txt"
ARTICLE = ROOT.parent / "shared" / "articles" / "000.json"
CASES = ROOT / "dondoc" / "intake" / "tests" / "test_extract_cases.py"


def text() -> str:
    """The reference article where it lies beside the checkout, else our retelling of it."""
    if ARTICLE.exists():
        return str(json.loads(ARTICLE.read_text(encoding="utf-8"))["text"])
    return RETELLING.read_text(encoding="utf-8")


def right() -> bool:
    """Whether the article and its retelling are read as they should be."""
    command = [sys.executable, "-m", "pytest", "-q", "-k", "retelling or reference_article", str(CASES)]
    return subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False).returncode == 0


def entities(read: str) -> str:
    """What underthesea's named entities take for the same text."""
    try:
        find = import_module("underthesea").ner
        return f"underthesea, entities: {milliseconds(lambda: find(read), rounds=3):,.0f} ms"
    except ImportError:
        return "underthesea, entities: not installed"
    except Exception as error:  # whatever goes wrong in it, our row stands
        return f"underthesea, entities: {type(error).__name__}"


def measure() -> Row:
    """Both medians, in milliseconds of processor time."""
    if not right():
        raise SystemExit("The article is not read right: its speed does not count.")
    from dondoc.intake.extract.reader import read

    warnings.simplefilter("ignore")
    from pyvi import ViTokenizer

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    told = text()
    return Row(
        "extraction",
        milliseconds(lambda: read(told), rounds=100),
        "ms",
        "pyvi, words only",
        milliseconds(lambda: ViTokenizer.tokenize(told), rounds=100),
        3,
        largest_ratio=0.5,
        note=entities(told),
    )
