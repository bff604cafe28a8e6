"""The words that name units, from `content/intake/units.yaml`, as lexicons to look for in a text."""

from collections.abc import Iterator

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.tokens import Phrases


def _forms() -> Iterator[tuple[str, tuple[str, str]]]:
    units = lexicon("units")
    for kind, forms in units["types"].items():
        yield from ((form, ("type", kind)) for form in forms)
    for kind, forms in units["committees"].items():
        yield from ((form, ("committee", kind)) for form in forms)
    for kind, listed in (
        ("body", "bodies"), ("party", "party"), ("whole", "whole"), ("agency", "agencies"), ("mass", "mass_organisations"),
    ):  # fmt: skip
        yield from ((form, (kind, "")) for form in units[listed])


def _provinces() -> Iterator[tuple[str, tuple[str, str]]]:
    units = lexicon("units")
    full = {name: kind for kind, names in units["provinces"].items() for name in names}
    yield from ((name.lower(), (kind, name)) for name, kind in full.items())
    yield from ((form.lower(), (full[name], name)) for name, forms in units["same"].items() for form in forms)
    yield from ((name.lower(), ("vùng", name)) for name in units["regions"])


FORMS, PROVINCES = Phrases(_forms), Phrases(_provinces)
JOINT = Phrases(lambda: ((form, "joint") for form in lexicon("units")["joint_bodies"]))
