"""What is wrong with a signature: the mark, the body in whose name, the post and the name. Part of `rules`."""

from collections.abc import Callable, Iterator

from .elements import Elements
from .faces import Problem, faced, shown
from .measures import Format, Level, begins

_DEPUTY = ("phó",)


def signing(parts: Elements, form: Format, level: Level | None, *, draft: bool) -> Iterator[Problem]:
    """The problems of the signature. Minutes are signed by persons without a mark, documents of other organisations as these will."""
    if parts.type is not None and parts.type.signed_by_persons:
        return
    signature = parts.signature
    if signature is None:
        yield Problem("signature_missing", "mark", "", "T/M" if level is None or level.collective else "")
        return
    line = signature.marked or (signature.posts[0] if signature.posts else signature.signer)
    written = line.text if line is not None else ""

    def wrong(code: str, due: str = "", verified: bool = True) -> Problem:
        return Problem(code, "mark", shown(written), due, verified, line.paragraph if line is not None else None)

    own_rules = level is not None and level.own_rules
    mark = signature.normal
    if mark and signature.mark != mark and not own_rules:
        yield wrong("mark_with_dot", mark)
    if level is not None and not own_rules:
        yield from _in_whose_name(signature.name_of, mark, level, [post.text for post in signature.posts], wrong)
    if not own_rules:
        yield from faced("mark", [signature.marked], form)
        yield from faced("post", signature.posts, form)
        yield from faced("signer", [signature.signer], form)
    if not signature.posts and mark != "K/T":
        yield wrong("post_missing")
    if signature.signer is None and not draft:
        yield wrong("signer_missing")


def _in_whose_name(
    name_of: str, mark: str, level: Level, posts: list[str], wrong: Callable[..., Problem]
) -> Iterator[Problem]:
    if level.alone:
        # An office or board is no collective: its head signs, the deputy for the head.
        if mark == "T/M":
            yield wrong("on_behalf_not_due", "K/T", level.verified)
        elif not mark and posts and begins(posts[0], _DEPUTY):
            yield wrong("deputy_without_mark", "K/T", level.verified)
        elif mark == "K/T" and posts and not begins(posts[-1], _DEPUTY):
            yield wrong("deputy_missing", "", False)
        return
    if not mark:
        yield wrong("mark_missing", "T/M", level.verified)
    elif mark == "K/T":
        yield wrong("in_place_not_due", "T/M", level.verified)
    elif name_of and not begins(name_of, level.collective):
        yield wrong("on_behalf_of_another", ", ".join(one.upper() for one in level.collective), level.verified)
    elif not name_of:
        yield wrong("on_behalf_of_nobody", level.collective[0].upper(), level.verified)
