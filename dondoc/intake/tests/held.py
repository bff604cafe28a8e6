"""`dondoc intake` with a reader that stops at files named "held…" until somebody opens the pipe beside their folder for writing."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dondoc.intake.terminal import command, folder
from dondoc.intake.terminal.folder import Done, Job
from dondoc.intake.terminal.folder import read_one as read_at_once

PIPE = "pipe"
PROGRAM = ("-c", "import sys; from dondoc.intake.tests import held; sys.exit(held.main())")


def pipe(beside: Path) -> None:
    """Make the pipe beside a folder of texts; from then on its held files are not read."""
    os.mkfifo(beside / PIPE)


@contextmanager
def released(beside: Path) -> Iterator[None]:
    """The held files may be read. Whoever opens a pipe for both reading and writing waits for nobody."""
    opened = os.open(beside / PIPE, os.O_RDWR)
    yield
    os.close(opened)


def read_one(job: Job) -> Done:
    """As the reader of the command does, but for files to be held only once the pipe is open."""
    if job.source.name.startswith("held"):
        # Opening a pipe to read waits for one who writes.
        (job.source.parent.parent / PIPE).open("rb").close()
    return read_at_once(job)


def main() -> int:
    """The command, in this process and in those that it starts."""
    folder.read_one = read_one
    return command.main(sys.argv[1:])
