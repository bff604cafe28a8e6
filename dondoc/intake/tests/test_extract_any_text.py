"""Whatever the text: no exception, spans that reproduce it, the same values in every form, work that grows with its length."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dondoc.intake.extract.content import lexicon
from dondoc.intake.extract.reader import read
from dondoc.intake.extract.reading import Reading, Span
from dondoc.intake.extract.record import as_record

ROOT = Path(__file__).resolve().parents[3]
ARTICLE = (ROOT / "content" / "demonstration" / "article.txt").read_text(encoding="utf-8")

_WORDS = sorted(
    {phrase for phrases in lexicon("words").values() for phrase in phrases}
    | {phrase for phrases in lexicon("speech").values() for phrase in phrases}
    | {
        "xã Sơn Tân",
        "huyện Cam Lâm",
        "Tỉnh ủy",
        "ông Hà Văn An",
        "Đảng ủy",
        "78",
        "9/13",
        "69,2%",
        "năm 2022",
        "ngày 28-4",
        "5,2 triệu",
        "TP. HCM",
    }
    | {
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        '"',
        "-",
        "\n",
        "\n\n",
        "\t",
        "…",
        "1.",
        "+",
        "|",
        "từ năm 2008 đến",
        "99/99/2020",
        "3 xã:",
        "Khối",
        "'",
    }
)
_JUMBLES = st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join)
_CUTS = st.tuples(st.integers(0, len(ARTICLE)), st.integers(0, len(ARTICLE)), st.text(max_size=8)).map(
    lambda cut: ARTICLE[: min(cut[:2])] + cut[2] + ARTICLE[max(cut[:2]) :]
)
_PEOPLE = lexicon("people")
_LAST_WORDS = sorted(
    {*_PEOPLE["honorifics"], *_PEOPLE["posts"], "xã Cư M'", "xã", "3 xã:", "so với", "Khối", "2 phần", "khiển trách 2"}
    | {phrase for phrases in lexicon("speech").values() for phrase in phrases}
)
# A text cut off anywhere, also within a word, after words that want more behind them.
_BROKEN_OFF = st.tuples(
    st.lists(st.sampled_from(_WORDS), max_size=20).map(" ".join),
    st.lists(st.sampled_from(_LAST_WORDS), min_size=1, max_size=4).map(" ".join),
    st.integers(0, 6),
).map(lambda drawn: f"Đảng viên chi bộ. {drawn[0]} {drawn[1]}"[: -drawn[2] or None])
TEXTS = st.one_of(_BROKEN_OFF, st.text(), _JUMBLES, _CUTS)


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from _spans(getattr(value, name))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_no_text_breaks_the_reader_and_every_span_lies_in_it(text: str) -> None:
    reading = read(text)
    assert isinstance(as_record(reading), dict)
    for span in _spans(reading):
        assert 0 <= span.start < span.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(_CUTS)
def test_values_stand_where_the_span_says(text: str) -> None:
    reading = read(text)
    for fact in reading.facts:
        if not fact.derived and isinstance(fact.value, int) and fact.value < 1000:
            assert str(fact.value) in fact.span.of(text)


@pytest.mark.parametrize(
    "frame", ["{}", "Yêu cầu {}", "Yêu cầu đồng chí {}", "ông Hà Văn An, {}", "Ông An nhấn mạnh {}"]
)
def test_a_text_may_end_with_words_that_want_more_behind_them(frame: str) -> None:
    for last in _LAST_WORDS:
        text = "Đảng viên chi bộ. " + frame.format(last)
        for span in _spans(read(text)):
            assert 0 <= span.start < span.end <= len(text), last


@pytest.mark.parametrize(
    "text", ['Tỉnh ủy cấp ủy chỉ rõ",\n\nTrao,', "Đảng ủy Đảng ủy đôn đốc,", "Đảng ủy Đảng ủy đôn đốc, \ud800"]
)
def test_an_order_may_break_off_behind_its_verb(text: str) -> None:
    for span in _spans(read(text)):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("end", range(0, len(ARTICLE), 61))
def test_an_article_may_break_off_anywhere(end: int) -> None:
    text = ARTICLE[:end]
    for span in _spans(read(text)):
        assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    "rate", ["123456789012345,123456789012345", "1,123456789012345", "0", "100", "0,000000000000001"]
)
@pytest.mark.parametrize("done", ["999999999999999", "999999999999999 triệu", "999999999999999/1", "0/0", "0"])
def test_numbers_of_any_length_are_computed_with(done: str, rate: str) -> None:
    text = f"Đảng bộ xã Sơn Tân kết nạp {done} đảng viên, chỉ tiêu kết nạp 1 đảng viên, đạt {rate}% kế hoạch."
    assert isinstance(as_record(read(text)), dict)


def test_a_number_too_long_to_be_one_is_none() -> None:
    reading = read("Đảng bộ xã Sơn Tân có " + "9" * 5_000 + ".5 đảng viên. Đảng bộ xã có 14 chi bộ.")
    assert [fact.value for fact in reading.facts] == [14]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\ufeff",
        "\x00\x01",
        "\u0301\u0301",
        "Mật",
        "%%%%",
        "((((((((",
        '"' * 99,
        "9/13",
        "năm",
        "1.1.1.1",
        "²",
        "năm 99999999999999999999",
        "٣ đảng viên chi bộ",
    ],
)
def test_degenerate_texts_are_read_as_nothing(text: str) -> None:
    reading = read(text)
    assert (reading.facts, reading.findings, reading.directives) == ((), (), ())


def _lines_run(text: str) -> int:
    """How many lines of the reader's own code run for a text: work, whatever the machine is doing besides."""
    count = 0

    def trace(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        if "/intake/extract/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(text)
    finally:
        sys.settrace(before)
    return count


_ADVERSARIES = {
    "the article again and again": ARTICLE,
    "one endless sentence": "Đảng bộ xã Sơn Tân có 78 đảng viên, kết nạp 9/13 đồng chí, ",
    "numbers only": "78 342 139 ",
    "open brackets": "( đảng viên chi bộ ( ",
    "capital words": "Đảng ủy xã Nguyễn Văn ",
    "posts": "Phó Bí thư Tỉnh ủy, ",
    "orders": "yêu cầu Đảng ủy xã tập trung kiểm tra; ",
    "years": "từ năm 2008 đến năm 2018 ",
    "table lines": "Xã A\t1\t2\n",
    "respectively": "xã A, xã B lần lượt có 1 và 2 đảng viên, ",
    "ever new units": "xã Tên# có # đảng viên, ",
    "units of one name": "xã Sơn Tân (huyện Tên#) có # đảng viên. ",
    "blocs": "Đảng bộ Khối các cơ quan tỉnh Tên# có 14 chi bộ. ",
    "days": "ngày 1-1-2023 ",
    "days that there are not": "31/2/2023\n",
    "numbers of headings": "1. ",
    "stops": ".",
    "bodies of bodies": "văn phòng ",
    "posts of posts": "ông Hà An, Bí thư ",
    "one person's ever new posts": "ông Hà Văn An, Bí thư xã Tên#. ",
    "praise that goes on": "biểu dương cảm ơn, ",
    "blame that goes on": "phê bình việc này ",
    "what was said": "nhấn mạnh và ",
    "orders of numbers": "Yêu cầu xã Tên# kết nạp # đảng viên; ",
    "parts of parts": "trao Huy hiệu Đảng cho # đảng viên, ",
    "totals": "\nXã\tSố chi bộ\nXã A\t1\nTổng\t1\n",
}


_PARTY = "Đảng bộ, chi bộ, đảng viên. "


def _again(piece: str, times: int) -> str:
    """A text about Party work that says the same again and again, with the number of the repetition for "#"."""
    return _PARTY + "".join(piece.replace("#", str(i)) for i in range(times))


@pytest.mark.parametrize("name", _ADVERSARIES)
def test_twice_the_text_is_at_most_about_twice_the_work(name: str) -> None:
    piece = _ADVERSARIES[name]
    times = max(4, 6_000 // len(piece))
    read(_PARTY + piece)
    once, twice = _lines_run(_again(piece, times)), _lines_run(_again(piece, 2 * times))
    assert twice <= 2.3 * once + 2_000


def test_a_reading_is_a_value() -> None:
    assert read(ARTICLE) == read(ARTICLE)
    assert isinstance(read(ARTICLE), Reading)
