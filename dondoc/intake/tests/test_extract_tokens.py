"""Phrases found in a text: in one pass, or looked up where they are asked for."""

from dondoc.intake.extract.tokens import Page, Phrases

_ENTRIES = {"chi bộ": "cell", "chi bộ cơ sở": "grassroots", "cơ sở": "base", "đảng viên": "member", "đảng": "party"}
_FOUND = Phrases(_ENTRIES.items)
_LOOKED_UP = Phrases(_ENTRIES.items, seldom=True)
_TEXT = "Chi bộ cơ sở có 12 đảng viên, chi bộ\ncơ sở Đảng; đảng viên chi"


def test_a_lexicon_that_is_asked_for_seldom_answers_as_any_other() -> None:
    page = Page(_TEXT)
    found, looked_up = page.places(_FOUND), page.places(_LOOKED_UP)
    count = len(page.words)
    assert found.at(0, count) == ("grassroots", 4)
    for first in range(count + 1):
        for after in range(first, count + 1):
            assert looked_up.at(first, after) == found.at(first, after)
            assert looked_up.starts(first, after) == found.starts(first, after)
            assert looked_up.within(first, after) == found.within(first, after)


def test_no_phrase_is_looked_up_beyond_the_text() -> None:
    page = Page("đảng viên chi")
    assert page.places(_LOOKED_UP).at(2, 9) is None
    assert page.places(_LOOKED_UP).at(3, 9) is None
