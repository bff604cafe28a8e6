"""How days, numbers and rates are written in Vietnamese office papers: 28/04/2023, 1.234,5, 69,2 %, còn 3 ngày."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NO_FIGURE = "chưa có số liệu"
NO_RATE = "chưa tính được"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def day(value: date) -> str:
    """28/04/2023."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def weekday_day(value: date) -> str:
    """Thứ Sáu, 28/04/2023: for places where a person plans."""
    return f"{WEEKDAYS[value.weekday()]}, {day(value)}"


def number(value: int | float | Decimal | None, places: int | None = None) -> str:
    """1.234,5: a point between thousands, a comma before decimals, a true minus sign.

    With `places` that many decimals, rounded half up; without, as many as the value has. A missing value is said in words: it is
    neither 0 nor a blank.
    """
    if value is None:
        return NO_FIGURE
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, decimals = f"{abs(exact):,f}".partition(".")
    if places is None:
        decimals = decimals.rstrip("0")
    text = whole.replace(",", ".") + (f",{decimals}" if decimals else "")
    return f"−{text}" if exact < 0 and text.strip("0,.") else text


def percent(numerator: int | None, denominator: int | None, places: int = 1) -> str:
    """69,2 %: the rate of two whole numbers, rounded half up only here, where it is shown.

    An exact whole rate has no decimals (6 of 6: 100 %); one that is merely near keeps them (2999 of 3000: 100,0 %), so that
    "100 %" always means all of it. A missing part is said in words, and so is a rate of nothing.
    """
    if numerator is None or denominator is None:
        return NO_FIGURE
    if denominator == 0:
        return NO_RATE
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    return f"{number(exact, 0 if numerator * 100 % denominator == 0 else places)} %"


def relative(value: date, today: date) -> str:
    """A deadline as seen from today: còn 3 ngày, hôm nay, quá hạn 12 ngày. It stands beside the date, not instead of it."""
    left = (value - today).days
    if left == 0:
        return "hôm nay"
    return f"còn {number(left)} ngày" if left > 0 else f"quá hạn {number(-left)} ngày"


def ago(value: date, today: date) -> str:
    """An event as seen from today: hôm nay, hôm qua, 12 ngày trước, 3 ngày nữa."""
    past = (today - value).days
    if past == 0:
        return "hôm nay"
    if past == 1:
        return "hôm qua"
    return f"{number(past)} ngày trước" if past > 0 else f"{number(-past)} ngày nữa"
