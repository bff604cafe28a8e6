"""What the content control around a piece of a Word file says: which draft, which piece, of which version, and what its text was.

Some programs drop the tags of controls and keep bookmarks, so every paragraph of a control has one with the same words.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

# Word takes at most 64 letters in the tag of a control, 40 in the name of a bookmark.
_TAG = re.compile(r"dd-(\d{1,15})-(\d{1,9})-(\d{1,15})-([0-9a-f]{8})", re.ASCII)
_BOOKMARK = re.compile(r"_(dd_\d+_\d+_\d+_[0-9a-f]{8})_\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tag:
    """The draft and its version when the file was made, the piece, and the digest of the text that it had then."""

    draft: int
    version: int
    clause: int
    digest: str

    def __str__(self) -> str:
        return f"dd-{self.draft}-{self.version}-{self.clause}-{self.digest}"


def read_tag(text: str) -> Tag | None:
    """The tag that this is, or None for those of somebody else."""
    found = _TAG.fullmatch(text)
    return Tag(int(found[1]), int(found[2]), int(found[3]), found[4]) if found else None


def read_bookmark(name: str) -> Tag | None:
    """The tag that the name of a bookmark stands for (`documents.patterns` sets one in each paragraph of a control), or None."""
    found = _BOOKMARK.fullmatch(name)
    return read_tag(found[1].replace("_", "-")) if found else None


def plain(text: str) -> str:
    """The text as two of them are compared: one kind of letters, one blank between words, no empty lines."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n".join(line for line in lines if line)


def digest(text: str) -> str:
    """A short digest of the text as it is compared."""
    return sha256(plain(text).encode()).hexdigest()[:8]
