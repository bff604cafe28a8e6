"""What the command says of itself is Vietnamese, for every one of its words."""

import re

import pytest

from dondoc.command import HELP, main

COMMANDS = [
    ["demo"], ["serve"], ["intake"], ["intake", "corrections"], ["tick"], ["history"], ["history", "verify"], ["migrate"],
    ["organisations"], ["documents"], ["documents", "check"], ["totals"], ["account"], ["account", "add"], ["account", "post"], ["account", "password"],
]  # fmt: skip
ENGLISH = re.compile(
    r"(?<![-\w])(usage|options?|optional|positional|arguments?|show|this|help|message|exit|error|the|and|is|are|of|to|required|invalid|"
    r"choose|choice|expected|unrecognized|version|settings|verbosity|default|database)(?![-\w])",
    re.IGNORECASE,
)


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main(words))
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out + told.err


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_is_vietnamese(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, told = said([*words, "--help"], capsys)
    assert code == 0
    assert told.startswith(f"Cách dùng: dondoc {' '.join(words)} ")
    assert "Tùy chọn:\n" in told
    assert "xem hướng dẫn này" in told
    assert ENGLISH.findall(told) == []


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_option_that_does_not_exist_is_told_in_vietnamese(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = said([*words, "--no-such-word"], capsys)
    assert code == 2
    assert told.startswith("Cách dùng: ")
    assert ENGLISH.findall(told) == []


def test_the_list_of_commands_names_every_one_that_is_tried_here() -> None:
    for words in COMMANDS:
        assert re.search(rf"^  {words[0]}\b", HELP, re.MULTILINE), words
    assert "corrections" in HELP
