"""Text files as they come: UTF-8 or UTF-16 with its mark; anything else is told so."""

from typing import Any

from django.conf import settings

from dondoc.lib.refusals import INVALID, Refused

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def text_of(upload: Any) -> str:
    """The text of an uploaded .txt file. Refused (422): too large, not text, or in an encoding that is not Unicode."""
    if upload.size > settings.LARGEST_TEXT:
        raise Refused("intake.too_large", INVALID)
    content: bytes = upload.read()
    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in content:
        raise Refused("intake.not_text", INVALID)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("intake.not_unicode", INVALID) from None
