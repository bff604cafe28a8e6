"""Reading one file as text."""

import json
from pathlib import Path

from dondoc.lib.secrecy import secrecy_mark
from dondoc.lib.sources import read as sources
from dondoc.lib.sources.found import LARGEST_FILE, Problem, Text

LARGEST = LARGEST_FILE

_PROBLEMS = {
    "empty": "tệp không có nội dung",
    "too_large": "tệp lớn hơn 10 MB",
    "too_long": "tệp có quá nhiều trang hoặc quá nhiều chữ",
    "letters": "không nhận ra bảng mã của tệp; hãy lưu lại bằng Unicode (UTF-8)",
    "scanned": "tệp là bản chụp (scan), không có chữ để đọc; hãy xin tệp Word hoặc nhận dạng chữ trước",
    "unreadable": "chữ trong tệp PDF không đọc được; hãy xin tệp Word hoặc nhận dạng chữ trước",
    "locked": "tệp đặt mật khẩu; hãy bỏ mật khẩu trước",
    "broken": "tệp không mở được, có thể đã hỏng",
    "old_office": "tệp Word kiểu cũ (.doc, .rtf); hãy lưu thành .docx",
    "picture": "tệp là hình ảnh, không có chữ để đọc",
    "kind": "không đọc được loại tệp này; chỉ đọc .txt, .docx, .html, .pdf, .json",
    "not_text": "tệp không phải văn bản",
    "unavailable": "máy này chưa đọc được tệp PDF",
}


class BadFile(Exception):
    """A file that cannot be read; the message says why, in Vietnamese."""


def text_of(path: Path) -> str:
    """The text of a file (.txt, .docx, .html, .pdf), or of the "text" of a .json file. Raises BadFile."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(_PROBLEMS["too_large"])
        if path.exists() and not path.is_file() and not path.is_dir():
            raise BadFile("không phải tệp thường")  # a pipe would be waited for without end
        data = path.read_bytes()
    except OSError as error:
        raise BadFile("không mở được tệp" if path.exists() else "không có tệp này") from error
    found = Text(_in_json(data)) if path.suffix.lower() == ".json" else sources.text_of(data)
    if isinstance(found, Problem):
        raise BadFile(_PROBLEMS[found.code])
    mark = secrecy_mark(found.beside)
    if mark is not None:
        raise BadFile(f"văn bản có dấu mật ({mark}): không đọc")
    if "\x00" in found.text:
        raise BadFile(_PROBLEMS["not_text"])
    if not found.text.strip():
        raise BadFile(_PROBLEMS["empty"])
    return found.text


def _in_json(data: bytes) -> str:
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadFile("tệp JSON viết sai") from error
    if not isinstance(loaded, dict) or not isinstance(loaded.get("text"), str):
        raise BadFile('tệp JSON không có mục "text"')
    text: str = loaded["text"]
    return text
