"""Reading the options of a command, in Vietnamese."""

import argparse
from typing import Any

_WORDS = {
    "usage: ": "Cách dùng: ",
    "options": "Tùy chọn",
    "positional arguments": "Tham số",
    "subcommands": "Các việc",
    "show this help message and exit": "xem hướng dẫn này",
    "show program's version number and exit": "xem số phiên bản",
    "%(prog)s: error: %(message)s\n": "%(prog)s: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s",
    "the following arguments are required: %s": "còn thiếu: %s",
    "one of the arguments %s is required": "phải ghi một trong các tùy chọn %s",
    "unrecognized arguments: %s": "không hiểu: %s",
    "not allowed with argument %s": "không dùng cùng lúc với %s",
    "ignored explicit argument %r": "tùy chọn này không nhận giá trị %r",
    "expected one argument": "phải kèm một giá trị",
    "expected at most one argument": "chỉ kèm nhiều nhất một giá trị",
    "expected at least one argument": "phải kèm ít nhất một giá trị",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s có thể là %(matches)s: hãy ghi rõ",
    "invalid %(type)s value: %(value)r": "giá trị %(value)r chưa đúng",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r không có trong các lựa chọn: %(choices)s",
    "invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)": "%(value)r không có trong các lựa chọn: %(choices)s",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "%(parser_name)r không có trong các việc: %(choices)s",
    "can't open '%(filename)s': %(error)s": "không mở được «%(filename)s»: %(error)s",
}
_COUNTED = {"expected %s argument": "phải kèm %s giá trị"}


def _word(said: str) -> str:
    return _WORDS.get(said, said)


def _counted(one: str, many: str, count: int) -> str:
    return _COUNTED.get(one, one if count == 1 else many)


def speak_vietnamese() -> None:
    """From here on every parser of options of this process speaks Vietnamese, those of Django's commands and of their verbs too.

    The library looks up each of its words through these two names; a catalogue in their place would follow the language of the
    administrator's machine, not of the office.
    """
    vars(argparse).update(_=_word, ngettext=_counted)


class Parser(argparse.ArgumentParser):
    """The reader of options of one of our commands."""

    def __init__(self, command: str, description: str, **more: Any) -> None:
        speak_vietnamese()
        super().__init__(prog=f"dondoc {command}", description=description, **more)
