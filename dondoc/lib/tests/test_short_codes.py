"""Codes on paper are read back as they were written, and a slip of the pen is noticed."""

import pytest

from dondoc.lib.short_codes import read, written

KEYS = [0, 1, 31, 32, 1234, 99_999, 2**31 - 1]


@pytest.mark.parametrize("key", KEYS)
def test_a_code_is_read_back_however_it_is_typed(key: int) -> None:
    code = written("BC", key)
    assert (
        read(code) == read(code.lower()) == read(code.replace("-", " ")) == read(code.replace("-", "")) == ("BC", key)
    )


def test_letters_that_look_like_figures_are_read_as_these() -> None:
    code = next(code for code in (written("BC", key) for key in range(2000)) if "0" in code and "1" in code)
    assert read(code.replace("0", "O").replace("1", "l")) == read(code)


@pytest.mark.parametrize("key", KEYS)
def test_every_single_wrong_sign_is_noticed(key: int) -> None:
    code = written("BC", key).replace("-", "")
    for at in range(2, len(code)):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if other != code[at]:
                assert read(code[:at] + other + code[at + 1 :]) is None


@pytest.mark.parametrize("text", ["", "BC", "BC-1", "Sơn Tân", "BC-U-0", "12-TB/TU", "BC-" + "Z" * 12])
def test_other_words_are_no_code(text: str) -> None:
    assert read(text) is None
