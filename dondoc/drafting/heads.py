"""What stands around a document of a unit by default: whose it is, who signs, where. A person may change every line of it."""

import re
from dataclasses import dataclass
from datetime import date

from dondoc.accounts.holders import holders
from dondoc.documents.symbols import symbol
from dondoc.lib.vietnamese import plain
from dondoc.organisations.kinds import committees
from dondoc.organisations.queries import Label, labels, superior

LEVELS = {
    "central": "central",
    "province": "province",
    "district": "district",
    "provincial_committee": "commune",
    "commune_grassroots": "commune",
    "commune": "commune",
    "special_zone": "commune",
    "grassroots": "commune",
    "division": "commune",
    "agency": "advisory",
    "cell": "cell",
    "grassroots_cell": "cell",
}
"""Kind of unit → level of the format (`content/documents/format.yaml`); all others are mass organisations."""

_POST = re.compile(
    r"(?:Quyền |Phó )?(?:Bí thư|Chủ tịch|Trưởng ban|Chủ nhiệm|Chánh Văn phòng)(?: Thường trực| thường trực)?"
)


_COMMITTEE = re.compile(r"\s(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) (?:ủy|uỷ)\b.*")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of head and foot before a person changes them."""

    superior: str
    issuer: str
    symbol: str
    place: str
    level: str
    mode: str
    behalf: str
    post: str
    name: str


def lines(unit: int, type_code: str, title: str, day: date) -> Lines:
    """The lines of a document of the unit on the day that is signed by the holder of a post with this title. Four queries at most."""
    above = superior(unit, day)
    named = labels([unit, *([above] if above else [])], day)
    own = named[unit]
    level = level_for(own)
    over = named.get(above) if above else None
    return Lines(
        superior=_superior(over, level),
        issuer=_issuing(own, level).upper(),
        symbol=symbol(type_code, own.kind) or "",
        place=own.short_name,
        level=level,
        mode="T/M" if level in ("central", "province", "district", "commune", "cell", "inspection") else "",
        behalf={"cell": "CHI BỘ", "inspection": "ỦY BAN KIỂM TRA", "mass": "", "advisory": ""}.get(
            level, "BAN THƯỜNG VỤ"
        ),
        post=_post(title).upper(),
        name=_name(unit, title, day),
    )


def level_for(own: Label) -> str:
    """The level of the format that a unit's documents keep to. An inspection commission is a collective among the committee's agencies."""
    if own.kind == "agency" and plain(own.name).startswith("ủy ban kiểm tra"):
        return "inspection"
    return LEVELS.get(own.kind, "mass")


def _issuing(own: Label, level: str) -> str:
    """The line of the issuer; an agency leaves out its committee, which stands above: "Văn phòng Tỉnh ủy" → "Văn phòng"."""
    return _COMMITTEE.sub("", own.name) if level in ("advisory", "inspection") else issuer_of(own)


def issuer_of(own: Label) -> str:
    """The body that issues for a unit: the committee of its organisation ("Đảng bộ xã A" → "Đảng ủy xã A")."""
    return re.sub(r"^Đảng bộ\b", "Đảng ủy", own.name)


def _superior(over: Label | None, level: str) -> str:
    """The line above the issuer; a province and what stands above it write none."""
    if over is None or level in ("central", "province"):
        return ""
    if level in ("cell", "advisory", "inspection", "mass"):
        return issuer_of(over).upper()
    return organisation_of(over.name).upper()


def organisation_of(name: str) -> str:
    """The organisation whose committee this is: "Huyện ủy Cam Lâm" → "Đảng bộ huyện Cam Lâm"."""
    for place, committee in committees().items():
        if f"{name.lower()} ".startswith(f"{committee} "):
            rest = name[len(committee) :].strip()
            own = rest if rest.lower().startswith(f"{place} ") else f"{place} {rest}"
            return f"Đảng bộ {own.strip()}"
    return re.sub(r"^Đảng ủy\b", "Đảng bộ", name)


def _name(unit: int, title: str, day: date) -> str:
    """Who holds the post with this title at the unit, where the account is called by a person's name and not by the post's."""
    named = [one for one in holders([unit], [], day) if one.title == title and one.label != title]
    return named[0].label if named and not named[0].deputising else ""


def _post(title: str) -> str:
    """The post as it stands above a signature: "Phó Bí thư Tỉnh ủy" → "Phó Bí thư"."""
    found = _POST.match(title.strip())
    return found[0] if found else "Bí thư"
