"""Runs every check, also when an earlier one has failed, and says at the end which ones have."""

import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "style": [BIN / "ruff", "check", "--quiet", "."],
    "layout": [BIN / "ruff", "format", "--quiet", "--diff", "."],
    "types": [BIN / "mypy", "--no-error-summary"],
    "import rows": [sys.executable, "-m", "pytest", "--quiet", "--no-header", "dondoc/tests/test_imports.py"],
    "migrations": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "sentences": [sys.executable, "tools/untranslated.py"],
}


def main() -> int:
    """1 if a check has failed."""
    failed = []
    for name, command in CHECKS.items():
        print(f"-- {name}", flush=True)
        started = time.monotonic()
        outcome = subprocess.run([str(part) for part in command], cwd=HOME, check=False)
        print(f"   {'failed' if outcome.returncode else 'passed'}, {time.monotonic() - started:.1f} s", flush=True)
        if outcome.returncode:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
