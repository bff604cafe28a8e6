"""Compiles every `dondoc/*/locale/vi/LC_MESSAGES/django.po` to the .mo that Django reads; quick when nothing has changed.

`python -m dondoc.web.messages`. A file that cannot be read stops it with the file's name and line.
"""

import sys
from pathlib import Path

import polib

HOME = Path(__file__).resolve().parent.parent


def compile_all() -> list[Path]:
    """Compiles the catalogues that are newer than their .mo; gives those that it compiled."""
    compiled = []
    for source in sorted(HOME.glob("*/locale/vi/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        catalogue = polib.pofile(str(source), encoding="utf-8", check_for_duplicates=True)
        written = target.with_suffix(".mo.new")
        catalogue.save_as_mofile(str(written))
        written.replace(target)
        compiled.append(source)
    return compiled


if __name__ == "__main__":
    names = [path.relative_to(HOME).parts[0] for path in compile_all()]
    sys.stdout.write(f"sentences: compiled {', '.join(names)}\n" if names else "sentences: nothing to do\n")
