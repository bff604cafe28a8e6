"""What stands near an item of a row: the number that comes next, the passive behind a number, whether a verb takes members in."""

from dondoc.intake.extract.items import COUNTED, OF_ASSOCIATIONS, Row, pattern

VERBS = frozenset(
    [
        "admit",
        "recognise",
        "introduce",
        "train",
        "course",
        "send",
        "propose",
        "inspect",
        "supervise",
        "discipline",
        "must_discipline",
        "demand_discipline",
        "form",
        "rebuke",
        "strike_off",
        "conclude",
        "violate",
        "settle",
        "move",
        "attend",
        "award",
        "established",
        "represent",
        "aim",
        "assign",
        "target",
        "done",
        "exceed",
        "not_counted",
    ]
)
_ADMITTED = frozenset(["members", "new_members", "admitted", "outstanding", "people"])
_AT_CELLS = pattern("<at|thuoc> _? <over|under|about>? <number> <cells|grassroots|affiliated|organisations>")
_JOINED = pattern("(_|<lacking>){0,4} <passive> <one=admit> <two=admit>?")
_BY_FORM = pattern("(_|<reach>){0,3} <form> (?!<number>)")
SOME_OF_THEM = pattern(
    "(_|<have|not_counted|other_sense|group|outstanding>){0,5} <colon>? <over|under|about>? <number>"
)
"""How a bracket begins that tells some of those before it: no verb, no unit, no period."""
NO_NOUN = pattern("<close|comma|semicolon>")
PLANNED = pattern("<plan> (_|<period|unit|of|assign>){0,5} <colon>? <over|under|about>? <number>")
_LAST = 5
INSIDE = 8
"""So many items of a bracket tell whether it divides the number before it."""
REACH = 9
"""So many plain words may stand between a verb and its number, or between a number and the passive that follows it."""


def admits(row: Row, i: int) -> bool:
    """Whether "phát triển" at item i takes members in: a number of them comes next."""
    for k in range(i + 1, min(i + 5, len(row.items))):
        kind = row.items[k].kind
        if kind in ("number", "fraction"):
            behind = row.items[k + 1] if k + 1 < len(row.items) else None
            return behind is not None and behind.kind in _ADMITTED and behind.value != OF_ASSOCIATIONS
        if kind not in ("over", "under", "about", "total", "members", "new_members", "period", "word"):
            return False
    return False


def number_next(row: Row, i: int) -> bool:
    """Whether a number comes right behind item i, or behind a small word."""
    for item in row.items[i + 1 : i + 4]:
        if item.kind in ("number", "fraction"):
            return True
        if item.kind not in ("over", "under", "about", "total", "colon", "have"):
            return False
    return False


def noun_of_number(row: Row, i: int) -> bool:
    """Whether item i counts others than members, and no number stands before it."""
    return row.items[i].kind == "not_counted" and not (i > 0 and row.items[i - 1].kind in ("number", "fraction"))


def _joined(row: Row, i: int) -> bool:
    """ "659 đoàn viên công đoàn vinh dự được kết nạp Đảng": the words name the Party, so it is no admission to the union."""
    found = _JOINED.match(row.code, i)
    if found is None:
        return False
    one = row.items[found.start("one")]
    return found["two"] is not None or one.after - one.first > len(("kết", "nạp"))


def passive(row: Row, i: int) -> tuple[str, int] | None:
    """The verb behind a number and its noun: "556 đảng viên ở tỉnh này bị kỷ luật"."""
    items = row.items
    j = i + 1
    if j < len(items) and items[j].kind == "not_counted":
        return ("joined", j) if _joined(row, j + 1) else None
    if j >= len(items) or items[j].kind not in COUNTED:
        return None
    words, passive = 0, False
    skipped = -1
    for k in range(j + 1, len(items)):
        kind = items[k].kind
        if k <= skipped:
            continue
        if kind in ("at", "thuoc") and (place := _AT_CELLS.match(row.code, k)) is not None:
            skipped = place.end() - 1  # "250 đảng viên tại hơn 25 cơ sở đảng bị kỷ luật"
            continue
        if kind == "passive":
            passive = True
        elif kind in ("award", "violate", "strike_off", "must_discipline"):
            return kind, k
        elif passive and kind == "discipline" and _BY_FORM.match(row.code, k + 1) is not None:
            return "form_passive", k  # "2 người bị kỷ luật bằng hình thức khiển trách"
        elif passive and kind in VERBS and kind != "not_counted":
            return ("form_passive" if kind == "form" else kind), k
        elif kind == "train" and k <= j + 4:
            return kind, k
        elif kind in ("word", "other_sense", "of", "each", "total", "attend", "send", "organisations", "meeting") or (
            kind in ("comma", "and") and passive
        ):
            words += 1
            if words > REACH:
                return None
        elif kind not in ("unit", "at", "thuoc"):
            return None
    return None


def counted_before(row: Row, i: int) -> str:
    """What was counted last before the bracket at item i: "421 tổ chức cơ sở đảng trực thuộc các huyện (168 đảng bộ …)"."""
    items = row.items
    for k in range(i - 1, max(-1, i - _LAST - 1), -1):
        if items[k].kind in COUNTED:
            return items[k].kind
        if items[k].kind not in ("word", "thuoc", "of", "at", "unit", "each"):
            break
    return ""


def verb_inside(row: Row, i: int) -> str:
    """The first verb of the bracket that opens at item i."""
    for item in row.items[i + 1 : i + 1 + INSIDE]:
        if item.kind in VERBS:
            return item.kind
        if item.kind in ("close", "number", "fraction"):
            break
    return ""
