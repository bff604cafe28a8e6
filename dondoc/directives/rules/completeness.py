"""What a drafted assignment still lacks before it can be approved."""

from dataclasses import dataclass
from datetime import date

from dondoc.lib.refusals import Problem


@dataclass(frozen=True, slots=True)
class Outline:
    """The fields of one assignment as rules see them. `latest` is the day by which the parent must be done, where there is a parent."""

    key: int
    product: str
    due_on: date | None
    cadence_months: int | None
    review_on: date | None
    receiver: int | None
    answerable: int | None
    follower: int | None
    verifier: int | None
    latest: date | None = None


def place(key: int, field: str) -> str:
    """Where a problem is: the assignment and the field of the table."""
    return f"{key}-{field}"


def where(source: str) -> tuple[int, str]:
    """The assignment and the field of a problem's `source`."""
    key, _, field = source.partition("-")
    return int(key), field


def gaps(one: Outline, day: date) -> list[Problem]:
    """Everything that keeps the assignment from being approved or issued on the day, by field."""
    found: list[tuple[str, str]] = []
    if not one.product.strip():
        found.append(("product", "no_product"))
    if one.cadence_months is not None:
        if one.review_on is None:
            found.append(("review_on", "no_review_day"))
        elif one.review_on < day:
            found.append(("review_on", "review_day_passed"))
    elif one.due_on is None:
        found.append(("due_on", "no_deadline"))
    elif one.due_on < day:
        found.append(("due_on", "deadline_passed"))
    last = one.review_on if one.cadence_months is not None else one.due_on
    if last is not None and one.latest is not None and last > one.latest:
        found.append(("review_on" if one.cadence_months is not None else "due_on", "later_than_the_parent"))
    if one.receiver is None:
        found.append(("receiver", "no_receiver"))
    if one.receiver is not None and one.answerable is None:
        found.append(("answerable", "no_answerable_post"))
    if one.follower is None:
        found.append(("follower", "no_follower"))
    if one.verifier is None:
        found.append(("verifier", "no_verifier"))
    if one.receiver is not None and one.receiver == one.verifier:
        found.append(("verifier", "verifies_itself"))
    if one.receiver is not None and one.receiver == one.follower:
        found.append(("follower", "follows_itself"))
    return [Problem(place(one.key, field), f"directives.{code}") for field, code in found]
