"""The invented province-year is made without the product, the same from the same seed, and its calendar agrees with the product's."""

import ast
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from dondoc.directives.content import calendar

HOME = Path(__file__).resolve().parents[2]
LOADER = {"load.py", "compare.py", "again.py"}


def test_the_generator_imports_nothing_of_the_product() -> None:
    own = [path for path in (HOME / "bench" / "year").glob("*.py") if path.name not in LOADER]
    assert len(own) > 5
    for path in own:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
                assert node.level == 0 or {node.module, *(one.name for one in node.names)}.isdisjoint(
                    {"load", "compare"}
                )
            assert not [name for name in names if name.split(".")[0] in {"dondoc", "django", "holidays"}], path


def test_the_year_runs_alone_is_the_same_again_and_has_every_verdict(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['dondoc'] = sys.modules['django'] = None; sys.path.insert(0, sys.argv[1]);"
        "from pathlib import Path; from bench.year import province; from bench.year.generate import generate;"
        "province.CELLS = 130; generate(Path(sys.argv[2]), 7); generate(Path(sys.argv[3]), 7)"
    )
    one, two = tmp_path / "one", tmp_path / "two"
    subprocess.run([sys.executable, "-c", script, str(HOME), str(one), str(two)], check=True)
    files = sorted(path.relative_to(one) for path in one.rglob("*.jsonl"))
    assert len(files) == 9
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in files)
    truths = [json.loads(line) for line in (one / "truth" / "obligations.jsonl").open(encoding="utf-8")]
    verdicts = {truth["verdict"] for truth in truths}
    assert verdicts == {"done", "late", "no_plan", "not_done", "no_evidence", "excused", "ended"}
    told = [json.loads(line) for line in (one / "calendar.jsonl").open(encoding="utf-8")]
    product = calendar()
    assert [day for day in told if product.works(date.fromisoformat(day["day"])) != day["works"]] == []
