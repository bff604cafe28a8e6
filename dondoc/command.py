"""The `dondoc` command, for offices: what it knows is said in Vietnamese.

`dondoc intake` reads texts without starting Django; `demo` and `serve` start the server; everything else is a management command.
"""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["intake"]:
        from dondoc.intake.extract.command import main as read_texts

        return int(read_texts(arguments[1:]) or 0)
    raise SystemExit(2)
