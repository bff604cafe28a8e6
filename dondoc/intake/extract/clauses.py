"""Sentences cut into clauses, and the phrases of `content/intake/speech.yaml` found in them."""

import re
from functools import cache
from typing import NamedTuple

from dondoc.intake.extract.content import expanded, lexicon
from dondoc.intake.extract.passages import Sentence
from dondoc.intake.extract.tokens import Page, Phrases

_CONNECTED = 3
_MARKS = frozenset((",", "-", '"', "+", "*", ":", "."))
_MOTTO = 7
"""So many words at most has a part of a motto, on average."""
_TITLED = frozenset(("về", "đề", "trào", "án", "động", "hiệu", "hình", "lục"))
"""Before a quotation these show that it is the title of a paper, a topic, a slogan: "Chỉ thị 34 về “Tăng cường A; củng cố B”"."""
_SPEAKER_AFTER = re.compile(
    r'[,"]?\s{0,3}"?\s{0,3}[-,]?\s{0,3}(?:'
    r"(?:ông|bà|đồng chí|anh|chị|bí thư|phó bí thư|chủ tịch|trưởng ban)\s[^,;.]{0,60}?\b(?:nói|yêu cầu|nhấn mạnh|khẳng định|phát biểu|cho biết|đề nghị|đặt ra yêu cầu|lưu ý|chỉ đạo|chia sẻ|cho hay|bày tỏ|nhận xét|cho rằng|phân tích|bộc bạch|tâm sự|thông tin|nhắc|lý giải|thẳng thắn|trăn trở|đánh giá|thừa nhận)\b[^;.]{0,20}"
    r"|(?:đó|đây) (?:cũng )?là (?:một trong những |những )?(?:chỉ đạo|yêu cầu|ý kiến|lời|phát biểu|nhấn mạnh|lưu ý|khẳng định|nhắc nhở|nội dung)\b[^;.]{0,160})\Z"
)


class Clause(NamedTuple):
    """A stretch of tokens of one sentence, cut at ";"."""

    first: int
    after: int


@cache
def phrases(*kinds: str, seldom: bool = False) -> Phrases[str]:
    """The phrases of these kinds in `speech.yaml`; `seldom` as in `Phrases`.

    Ask for them beside the imports, so that the first text already finds them with all others in one pass.
    """
    return Phrases(
        lambda: ((phrase, kind) for kind in kinds for said in lexicon("speech")[kind] for phrase in expanded(said)),
        seldom=seldom,
    )


_CONNECTORS = phrases("connectors")


def cut(page: Page, first: int, after: int) -> list[Clause]:
    """The clauses between these tokens: cut at ";" outside brackets and mottoes."""
    if ";" not in page.words[first:after]:
        return [Clause(first, after)] if after > first else []
    out, depth, start = [], 0, first
    mottoes = _mottoes(page, first, after)
    for i in range(first, after):
        word = page.words[i]
        if word == "(":
            depth += 1
        elif word == ")":
            depth = max(0, depth - 1)
        elif word == ";" and depth == 0 and i not in mottoes:
            if i > start:
                out.append(Clause(start, i))
            start = i + 1
    if after > start:
        out.append(Clause(start, after))
    return out


def _mottoes(page: Page, first: int, after: int) -> set[int]:
    """The tokens inside quotation marks that hold a title, or a motto of a few words each: "biết nghe; biết làm; biết sửa"."""
    out: set[int] = set()
    if '"' not in page.words[first:after]:
        return out
    opened: int | None = None
    for i in range(first, after):
        if page.words[i] != '"':
            continue
        if opened is None:
            opened = i
            continue
        semicolons = page.words[opened:i].count(";")
        motto = semicolons > 1 and i - opened <= _MOTTO * (semicolons + 1)
        if semicolons and opened > first and (motto or page.words[opened - 1] in _TITLED):
            out.update(range(opened, i))
        opened = None
    return out


def trimmed(page: Page, first: int, after: int) -> tuple[int, int]:
    """The same tokens without final marks, opening quotation marks and "…, ông X nói" behind a quotation."""
    if first < after:
        start = page.at[first]
        text = page.plain[start : page.to[after - 1]]
        spoken = _SPEAKER_AFTER.search(text.rstrip(' .…!?"')) if '"' in text else None
        if spoken is not None and spoken.start() > 10 and '"' in text[: spoken.start() + 3]:
            after = page.token_from(start + spoken.start())
    while first < after and page.words[after - 1] in (".", "…", "!", "?", ",", ";", ":", '"', "-"):
        if page.words[after - 1] == '"' and page.words[first:after].count('"') % 2 == 0:
            break
        after -= 1
    while first < after and page.words[first] in ('"', "-", "+", ",", ":", "*", ".", "'", "–"):
        if page.words[first] == '"' and page.words[first:after].count('"') % 2 == 0:
            break
        first += 1
    return first, after


def without_connectors(page: Page, first: int, after: int) -> int:
    """The token after "Cùng với đó,", "Thời gian tới," and the like at the beginning."""
    connectors, words = page.places(_CONNECTORS), page.words
    for _ in range(_CONNECTED):
        while first < after and words[first] in _MARKS:
            first += 1
        if first >= after:
            return first
        found = connectors.at(first, after)
        if found is None:
            return first
        first = found[1]
    return first


def story_sentences(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences that tell the story."""
    return [s for s in sentences if s.kind == "story"]
