"""Reading one file as text."""

import json
from pathlib import Path

LARGEST = 10 * 1024 * 1024
"""Bytes. A text of this kind has thousands of letters; a file beyond ten megabytes is something else."""


class BadFile(Exception):
    """A file that cannot be read; the message says why, in Vietnamese."""


def text_of(path: Path) -> str:
    """The text of a .txt file (UTF-8, or UTF-16 with its mark) or of the "text" of a .json file. Raises BadFile."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile("tệp lớn hơn 10 MB")
        data = path.read_bytes()
    except OSError as error:
        raise BadFile("không mở được tệp" if path.exists() else "không có tệp này") from error
    try:
        text = data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("utf-8-sig")
    except UnicodeError as error:
        raise BadFile("tệp không phải văn bản UTF-8 hoặc UTF-16") from error
    if path.suffix.lower() == ".json":
        try:
            loaded = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadFile("tệp JSON viết sai") from error
        if not isinstance(loaded, dict) or not isinstance(loaded.get("text"), str):
            raise BadFile('tệp JSON không có mục "text"')
        text = loaded["text"]
    if "\x00" in text:
        raise BadFile("tệp không phải văn bản")
    if not text.strip():
        raise BadFile("tệp không có nội dung")
    return text
