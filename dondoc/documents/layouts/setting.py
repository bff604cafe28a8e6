"""Papers of fixed layout become PDF through typst.

What is shown travels beside the layout as data, so a name that looks like a command ("#import", "$x$") is set as the letters that it is.
Only the files of `typ/` can be read, only the font of the product is used, and no package is fetched: none is named.
"""

import importlib.util
import json
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path

from .sheets import Form, Sheet

_LAYOUTS = Path(__file__).resolve().parent / "typ"


def sheet(shown: Sheet) -> bytes:
    """The PDF of a sheet."""
    return _set("sheet", asdict(shown))


def form(shown: Form) -> bytes:
    """The PDF of a form, with its address as a square code."""
    return _set("form", asdict(shown) | {"square": _square(shown.address)})


def _set(layout: str, data: object) -> bytes:
    import typst

    return bytes(
        typst.compile(
            str(_LAYOUTS / f"{layout}.typ"),
            root=str(_LAYOUTS),
            font_paths=[str(_fonts())],
            ignore_system_fonts=True,
            package_path=str(_LAYOUTS),
            package_cache_path=str(_LAYOUTS),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=0,
        )
    )


@cache
def _fonts() -> Path:
    found = importlib.util.find_spec("fontpkg_be_vietnam_pro")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("The package fontpkg-be-vietnam-pro is missing: run the set-up again.")
    return Path(found.submodule_search_locations[0]) / "files"


def _square(address: str) -> str:
    import segno

    out = BytesIO()
    segno.make(address, micro=False, error="m").save(out, kind="svg", border=0, xmldecl=False, svgns=True)
    return out.getvalue().decode()
