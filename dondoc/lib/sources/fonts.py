"""Fonts of the older character sets: what words set in one look like."""

from dondoc.lib.sources.encodings import from_tcvn3, from_vni, recoded


def in_font(words: str, font: str) -> str:
    """Words set in .VnTime, VNI-Times and their kin as they look in it; others as they are. A .Vn font that ends in H has capitals only."""
    name = font.lower().partition("-")[0] if font.lower().startswith(".vn") else font.lower()
    if name.startswith(".vn"):
        meant = recoded(words, from_tcvn3)
        return meant.upper() if name.endswith("h") else meant
    return recoded(words, from_vni) if name.startswith("vni") else words
