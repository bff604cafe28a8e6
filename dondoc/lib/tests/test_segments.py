"""Cutting a text at its marked places, showing a place with its surroundings, and finding words again."""

from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib.segments import Place, excerpt, find_words, lines

TEXT = "kết nạp 9/13 đồng chí"


def cut(text: str, *places: tuple[int, int, int]) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.values) for line in lines(text, [Place(*place) for place in places]) for one in line]


def test_overlapping_places_are_cut_where_one_begins_or_ends() -> None:
    assert cut("abcdef", (1, 0, 4), (2, 2, 6)) == [("ab", (1,)), ("cd", (1, 2)), ("ef", (2,))]


def test_of_nested_places_the_shortest_comes_first() -> None:
    assert cut("abcdef", (1, 0, 6), (2, 2, 4)) == [("ab", (1,)), ("cd", (2, 1)), ("ef", (1,))]


def test_a_place_over_two_lines_is_marked_in_both() -> None:
    assert cut("ab\ncd", (1, 1, 4)) == [("a", ()), ("b", (1,)), ("c", (1,)), ("d", ())]


def test_each_place_begins_in_exactly_one_segment() -> None:
    places = [Place(1, 0, 4), Place(2, 0, 2), Place(3, 2, 6)]
    begun = [value for line in lines("abcdef", places) for one in line for value in one.begins]
    assert sorted(begun) == [1, 2, 3]


def test_a_place_outside_the_text_is_left_out() -> None:
    assert cut("ab", (1, 1, 9), (2, 2, 2), (3, -1, 1)) == [("ab", ())]


@given(
    st.text(alphabet="ab \n", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8),
)
def test_the_segments_joined_again_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    places = [Place(number, *sorted(span)) for number, span in enumerate(spans)]
    shown = ["".join(one.text for one in line) for line in lines(text, places)]
    assert shown == [line for line in text.split("\n") if line.strip()]


@given(
    st.text(alphabet="ab \n", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8),
)
def test_every_letter_is_marked_by_the_places_over_it(text: str, spans: list[tuple[int, int]]) -> None:
    places = [Place(number, *sorted(span)) for number, span in enumerate(spans)]
    kept = [p for p in places if p.start < p.end <= len(text)]
    for line in lines(text, places):
        for one in line:
            for at in range(one.at, one.at + len(one.text)):
                assert set(one.values) == {p.value for p in kept if p.start <= at < p.end}


def test_an_excerpt_shows_the_words_around_a_place_and_stays_in_its_line() -> None:
    text = "Dòng trước\n" + TEXT + " mới\nDòng sau"
    at = text.index("9/13")
    assert excerpt(text, at, at + 4) == ("kết nạp ", "9/13", " đồng chí mới")


def test_a_long_line_is_cut_at_spaces() -> None:
    text = "từ " * 60 + "ĐÂY" + " từ" * 60
    before, words, after = excerpt(text, 180, 183, around=20)
    assert words == "ĐÂY"
    assert before.startswith("… từ ")
    assert after.endswith(" từ …")


def test_words_are_found_whatever_their_spaces() -> None:
    assert find_words("kết  nạp\n9/13 đồng chí", "kết nạp 9/13") == (0, 13)


def test_words_that_stand_twice_are_found_only_near_a_known_place() -> None:
    text = "năm 2022 … năm 2022"
    assert find_words(text, "năm 2022") is None
    assert find_words(text, "năm 2022", near=12) == (11, 19)


def test_words_that_do_not_stand_there_are_not_found() -> None:
    assert find_words(TEXT, "kết nạp 10/13") is None
    assert find_words(TEXT, "   ") is None
