"""Numbers in figures and in words."""

from decimal import Decimal

from dondoc.intake.extract.reading import Number

_UNITS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mốt": 1, "nhăm": 5,
}  # fmt: skip
NUMERALS = frozenset(_UNITS)
_TIMES = {
    "mươi": 10,
    "chục": 10,
    "trăm": 100,
    "nghìn": 1000,
    "ngàn": 1000,
    "vạn": 10_000,
    "triệu": 1_000_000,
    "tỷ": 10**9,
}
_LARGE = ("nghìn", "ngàn", "vạn", "triệu")


def digits(word: str) -> Number | None:
    """ "1.500" is 1500 and "7,61" is 7.61, as Vietnamese writes them; "7.5" and "1.50" are read as decimals; else None."""
    if not word.isascii():
        return None
    whole, comma, rest = word.partition(",")
    if comma and not rest.isdigit():
        return None
    groups = whole.split(".")
    if not all(group.isdigit() for group in groups):
        return None
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        whole = "".join(groups)
    elif len(groups) == 2 and not comma:
        whole, rest = groups
    elif len(groups) > 1:
        return None
    if len(whole) > 15 or len(rest) > 15:
        return None
    return Decimal(f"{whole}.{rest}") if rest else int(whole)


def whole(value: Number) -> Number:
    """An int where the value is one: Decimal("5200000.0") becomes 5200000."""
    return int(value) if value == int(value) else value


def in_words(words: list[str], i: int, end: int) -> tuple[int, int] | None:
    """A number in words that begins at i ("bốn", "mười hai", "bảy nghìn", "hai trăm năm mươi") and the token after it."""
    if i >= end or words[i] not in _UNITS or words[i] in ("lăm", "mốt", "nhăm", "tư"):
        return None
    total = current = 0
    j = i
    while j < end:
        word = words[j]
        if word in _UNITS:
            if current % 10 and current % 100 != 10:
                break
            current += _UNITS[word]
        elif word in ("mươi", "chục", "trăm") and current % 100 and current % 100 < 10:
            current = current - current % 10 + current % 10 * _TIMES[word]
        elif word in _LARGE and (current or total):
            total += (current or 1) * _TIMES[word]
            current = 0
        elif word in ("linh", "lẻ") and current and j + 1 < end and words[j + 1] in _UNITS:
            pass
        else:
            break
        j += 1
    return total + current, j


def scaled(value: Number, words: list[str], i: int, end: int) -> tuple[Number, int]:
    """A number in figures followed by its scale: "5,2 triệu" is 5200000. Returns the value and the token after it."""
    if i < end and words[i] in _LARGE:
        return whole(value * _TIMES[words[i]]), i + 1
    return value, i
