"""Makes what the pages need and git does not hold: the two weights of Be Vietnam Pro, cut to Vietnamese, as woff2 with their CSS.

`python -m dondoc.web.build` is done in a moment when nothing has changed. The font has digits of different widths; a second family,
"Dondoc Figures", holds the same digits at one width, so that numbers and dates stand in line under each other.
"""

import hashlib
import importlib.util
import io
import sys
from pathlib import Path

BUILT = Path(__file__).resolve().parent / "static" / "built"
WEIGHTS = {400: "BeVietnamPro-Regular.ttf", 600: "BeVietnamPro-SemiBold.ttf"}
RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x00FF),
    (0x0102, 0x0103),
    (0x0110, 0x0111),
    (0x0128, 0x0129),
    (0x0168, 0x0169),
    (0x01A0, 0x01A1),
    (0x01AF, 0x01B0),
    (0x0300, 0x0303),
    (0x0309, 0x0309),
    (0x0323, 0x0323),
    (0x1EA0, 0x1EF9),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2022, 0x2026),
    (0x2039, 0x203A),
    (0x20AB, 0x20AB),
    (0x2212, 0x2212),
    (0x2264, 0x2265),
)
# In thousandths of the type size: the width of every digit but 1 within a few hundredths, so that none looks squeezed.
FIGURE_WIDTH = 668


def _source() -> Path:
    found = importlib.util.find_spec("fontpkg_be_vietnam_pro")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("The package fontpkg-be-vietnam-pro is missing: run the set-up again.")
    return Path(next(iter(found.submodule_search_locations))) / "files"


def _stamp(source: Path) -> str:
    made_from = hashlib.sha256(Path(__file__).read_bytes())
    for name in WEIGHTS.values():
        made_from.update(f"{name} {(source / name).stat().st_size}".encode())
    return made_from.hexdigest()


def _cut(path: Path, characters: list[int], one_width: bool) -> bytes:
    """The font at `path` with only these characters, as woff2; with `one_width` every glyph is centred in FIGURE_WIDTH."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.desubroutinize = True
    options.layout_features = [] if one_width else ["ccmp", "locl", "mark", "mkmk", "kern", "liga"]
    font = TTFont(path)
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    if one_width:
        table = font["glyf"]
        for name in font.getGlyphOrder():
            advance, bearing = font["hmtx"][name]
            shift = (FIGURE_WIDTH - advance) // 2
            glyph = table[name]
            if glyph.numberOfContours > 0:
                glyph.coordinates.translate((shift, 0))
                glyph.recalcBounds(table)
            font["hmtx"][name] = (FIGURE_WIDTH, bearing + shift)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def build() -> bool:
    """Builds what is missing or outdated; says whether there was anything to do."""
    source = _source()
    stamp, stamp_file = _stamp(source), BUILT / "stamp"
    if stamp_file.exists() and stamp_file.read_text(encoding="ascii") == stamp:
        return False
    BUILT.mkdir(parents=True, exist_ok=True)
    letters = [code for first, last in RANGES for code in range(first, last + 1)]
    digits = list(range(ord("0"), ord("9") + 1))
    rules = []
    for family, short, characters, one_width in (
        ("Be Vietnam Pro", "text", letters, False),
        ("Dondoc Figures", "figures", digits, True),
    ):
        for weight, name in WEIGHTS.items():
            file = BUILT / f"{short}-{weight}.woff2"
            file.write_bytes(_cut(source / name, characters, one_width))
            rules.append(
                f'@font-face {{\n  font-family: "{family}";\n  font-weight: {weight};\n  font-display: swap;\n'
                f'  src: url("{file.name}") format("woff2");\n}}\n'
            )
    (BUILT / "fonts.css").write_text("\n".join(rules), encoding="utf-8")
    stamp_file.write_text(stamp, encoding="ascii")
    return True


if __name__ == "__main__":
    sys.stdout.write("fonts: built\n" if build() else "fonts: nothing to do\n")
