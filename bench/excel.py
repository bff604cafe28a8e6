"""Reading the Excel sheet of a unit's report into rows of a table; beside it calamine with `executemany`, which believes all it reads.

The yardstick is the shortest program that stores the same rows: it takes from the hidden sheet where the fields lie and writes what
stands there. Ours opens the file within bounds and checks every cell, then writes the same rows in the same way. Both end when the rows
are on the disk, as the product writes them. What the database knows of the report, which the preview is compared with, is in neither.
"""

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

from bench.row import Row, milliseconds


def measure() -> Row:
    """Both medians, in milliseconds of processor time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
    import django

    django.setup()
    import python_calamine

    from dondoc.reports.excel import layout
    from dondoc.reports.excel.read import Filled, read
    from dondoc.reports.tests.books import book_of_a_cell, filled

    numbers: dict[str, int | str] = {f"C{row}": row for row in (9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22)}
    data = filled(book_of_a_cell(results="Đã họp chi bộ. " * 40, tasks="Giúp đỡ hai quần chúng ưu tú. " * 20), numbers)

    def ours() -> list[tuple[str, str]]:
        found = read(data)
        assert isinstance(found, Filled), found
        return [(entry.name, text) for entry, text in found.entries]

    def plain() -> list[tuple[str, str]]:
        with python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            page = book.get_sheet_by_name(layout.SHEET).to_python(skip_empty_area=False)
            hidden = book.get_sheet_by_name(layout.HIDDEN).to_python(skip_empty_area=False)
        entries = json.loads("".join(str(row[0]) for row in hidden[1:]))["entries"]
        values = [(name, page[row][column]) for row, column, _to, name, _label, _was, _counter in entries]
        return [(name, str(int(value)) if isinstance(value, float) else str(value)) for name, value in values]

    assert [(name, text.strip()) for name, text in plain()] == ours()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        write = writer(Path(folder) / "values.sqlite3")
        only = milliseconds(ours, rounds=300), milliseconds(plain, rounds=300)
        return Row(
            "excel",
            milliseconds(lambda: write(ours()), rounds=300),
            "ms",
            "calamine + executemany",
            milliseconds(lambda: write(plain()), rounds=300),
            5,
            largest_ratio=1.5,
            note=f"without writing: {only[0]:.2f} ms, calamine {only[1]:.2f} ms",
        )


def writer(path: Path) -> Callable[[Iterable[tuple[str, str]]], None]:
    """Writes rows into a table of its own, in one transaction that is on the disk when it ends."""
    base = sqlite3.connect(path, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE value (report INTEGER, name TEXT, text TEXT, UNIQUE (report, name))")
    count = 0

    def write(rows: Iterable[tuple[str, str]]) -> None:
        nonlocal count
        count += 1
        base.execute("BEGIN IMMEDIATE")
        base.executemany("INSERT INTO value VALUES (?, ?, ?)", [(count, name, text) for name, text in rows])
        base.execute("COMMIT")

    return write
