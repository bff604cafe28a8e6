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


def test_words_stand_where_they_are_written_whatever_stands_between_them() -> None:
    for gap in (" ", "  ", "\t", " \n", "\n\n ", "\x1f"):
        text = f"{gap}Chi bộ 3,{gap}kết nạp 1.500 đảng viên (7,6%){gap}- 52km.{gap}"
        page = Page(text)
        assert [page.plain[a:b] for a, b in zip(page.at, page.to, strict=True)] == page.words
        assert [w for w in page.words if "\n" not in w] == [
            "chi", "bộ", "3", ",", "kết", "nạp", "1.500", "đảng", "viên", "(", "7,6", "%", ")", "-", "52km", ".",
        ]  # fmt: skip
        assert [page.words[i] for i in page.digits] == ["3", "1.500", "7,6", "52km"]
