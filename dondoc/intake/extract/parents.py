"""Which mention of a unit only says where the one before it lies."""

from dondoc.intake.extract.reading import UnitName
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit, level

_PARENT_LINKS = {(), (",",), ("(",), ("-",), ("thuộc",), ("của",), (",", "thuộc"), ("trực", "thuộc"), ("tại",), ("ở",)}


def with_parents(page: Page, hits: list[Hit]) -> list[Hit]:
    """The mentions again, each with the larger place that the text puts beside it: "xã Sơn Tân, huyện Cam Lâm"."""
    out = list(hits)
    for k in range(len(out) - 1, 0, -1):
        near, far = out[k - 1], out[k]
        between = tuple(page.words[near.after : far.first])
        if (
            not far.name
            or (
                far.body and not (between[:1] in (("(",), ("thuộc",), ("trực",)) or (between and level(near.type) >= 5))
            )
            or not near.name
            or between not in _PARENT_LINKS
            or level(far.type) >= level(near.type)
        ):
            continue
        above = UnitName(far.type, far.name, far.above)
        out[k] = far._replace(parent=True)
        for other in range(k - 1, -1, -1):
            same = other == k - 1 or (near.group >= 0 and out[other].group == near.group)
            if not same and out[other].type == near.type and out[other].name and out[other].above is None:
                # "xã A và xã B (huyện C)": both lie in C.
                same = tuple(page.words[out[other].after : out[other + 1].first]) in ((",",), ("và",))
            if not same:
                break
            out[other] = out[other]._replace(above=above)
    return out
