"""The character sets before Unicode: recognised by the syllables that they make, never guessed."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dondoc.lib.sources.encodings import OLD, decoded, mended, western
from dondoc.lib.sources.found import Problem, Text
from dondoc.lib.sources.syllables import is_syllable, toneless
from dondoc.lib.tests.files import to_1258, to_tcvn3, to_vni

RETELLING = (Path(__file__).resolve().parents[3] / "content" / "demonstration" / "article.txt").read_text(
    encoding="utf-8"
)
WRITE = {"TCVN3": to_tcvn3, "VNI": to_vni, "Windows-1258": to_1258}
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


def _toned(bare: str, stops: bool, tone: str) -> str:
    """A syllable with its tone on a vowel that has a mark already, else on its last but one vowel, else on its only one."""
    start = 2 if bare.startswith(("qu", "gi")) and len(bare) > 2 else 0
    vowels = [at for at, sign in enumerate(bare) if at >= start and sign in "aăâeêioôơuưy"] or [
        at for at, sign in enumerate(bare) if sign in "aăâeêioôơuưy"
    ]
    marked = [at for at in vowels if bare[at] in "ăâêôơư"]
    at = marked[-1] if marked else vowels[-2 if len(vowels) > 1 and bare[-1] in "aeiouy" else -1]
    if stops and tone not in ("\u0301", "\u0323"):
        tone = "\u0301"
    return unicodedata.normalize("NFC", bare[: at + 1] + tone + bare[at + 1 :])


SYLLABLE = st.tuples(st.sampled_from(sorted(toneless().items())), st.sampled_from(TONES)).map(
    lambda drawn: _toned(drawn[0][0], drawn[0][1], drawn[1])
)


def sentence(least: int) -> st.SearchStrategy[str]:
    return st.lists(SYLLABLE, min_size=least, max_size=80).map(lambda words: " ".join(words) + ".")


@pytest.mark.parametrize("name", OLD)
def test_the_retelling_comes_back_letter_by_letter(name: str) -> None:
    found = decoded(WRITE[name](RETELLING))
    assert isinstance(found, Text)
    assert found.letters == name
    if name == "TCVN3":  # its capitals with tones are a matter of the font
        assert found.text.lower() == RETELLING.lower()
    else:
        assert found.text == RETELLING


@given(text=sentence(40), name=st.sampled_from(sorted(OLD)))
def test_any_text_of_syllables_comes_back_or_is_not_recognised(text: str, name: str) -> None:
    data = WRITE[name](text)
    assert OLD[name](data) == text
    found = decoded(data)
    assert isinstance(found, Problem) or found.text == text


@given(text=sentence(1))
def test_a_short_text_is_never_taken_for_one_of_another_set(text: str) -> None:
    for write in WRITE.values():
        found = decoded(write(text))
        assert isinstance(found, Problem) or found.text == text


@given(text=st.one_of(sentence(1), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"))))
def test_utf_8_is_always_utf_8(text: str) -> None:
    assert decoded(text.encode()) == Text(text, letters="UTF-8")


@given(text=sentence(1))
def test_words_in_unicode_are_never_mended(text: str) -> None:
    said = text + " Đảng ủy, chi bộ và Đảng viên đã được kiểm tra."
    assert mended(said) == said


@pytest.mark.parametrize("order", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_known_with_and_without_its_mark(order: str) -> None:
    assert decoded(RETELLING.encode(order)) == Text(RETELLING, letters="UTF-16")


PASTED = [
    ("§¶ng bé x· S¬n T©n kiÓm ®iÓm tr¸ch nhiÖm", "Đảng bộ xã Sơn Tân kiểm điểm trách nhiệm"),
    ("Ñaûng boä xaõ Sôn Taân", "Đảng bộ xã Sơn Tân"),
    ("§¶NG Bé TØNH Kh¸nh Hßa ë xa", "ĐẢNG BỘ TỈNH Khánh Hòa ở xa"),
]


@pytest.mark.parametrize(("pasted", "meant"), PASTED)
def test_letters_pasted_from_an_old_font_are_those_that_were_meant(pasted: str, meant: str) -> None:
    assert mended(pasted) == meant


UNTOUCHED = [
    "Đảng bộ xã Sơn Tân có 78 đảng viên",
    "Le préfet a été reçu à l’école française où il était né, déjà élevé à côté du théâtre",
    "Die Räte prüfen die Übergänge für größere Städte",
    "plain words only",
    "± 5 % · § 12 · 20 °C",
]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    "data",
    [
        b"\xfd\xfe\xff" * 40,
        western(bytes(range(128, 256))).encode("cp1252", "ignore"),
        b"a\x00b\x00\x00c",
        "é".encode("latin-1"),
    ],
)
def test_bytes_of_no_set_are_not_guessed(data: bytes) -> None:
    assert isinstance(decoded(data), Problem)


@pytest.mark.parametrize("word", ["Đảng", "khuỷu", "nghiêng", "quýt", "giếng", "gì", "ƯỚC", "xã", "oăn", "thuở"])
def test_syllables_are_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["été", "Ñaûng", "ngè", "cêt", "các̣", "kạ", "đảNg", "tôp", ""])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)
