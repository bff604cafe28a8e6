"""`dondoc documents check FILE…`: is a Word file in the form of Party documents, and if not, what has to be changed?"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dondoc.documents.files import examine_file
from dondoc.documents.format.checking import Verdict, check
from dondoc.documents.format.content import formats
from dondoc.documents.format.parts import LARGEST_FILE, Unreadable
from dondoc.documents.format.texts import UNREADABLE, told
from dondoc.lib.days import read_day
from dondoc.lib.refusals import Refused
from dondoc.lib.texts import refusal
from dondoc.lib.wording import day as day_text


def _day(text: str) -> date:
    found = read_day(text, date(1, 1, 1))
    if found is None:
        raise argparse.ArgumentTypeError(f"{text}: ngày viết như 28/04/2023")
    return found


class Command(BaseCommand):
    """Ends with 1 where a document is not in the right form or could not be read. It needs no database."""

    help = "Kiểm tra văn bản."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        one = verbs.add_parser("check", help="kiểm tra thể thức của tệp Word theo quy định về văn bản của Đảng")
        known = formats()[-1].levels
        one.add_argument("files", nargs="+", type=Path, metavar="TỆP", help="tệp Word (.docx)")
        one.add_argument(
            "--on", type=_day, metavar="NGÀY", help="theo quy định của ngày này, thay cho ngày ghi trên văn bản"
        )
        words = "; ".join(f"{code}: {level.name}" for code, level in known.items())
        one.add_argument("--level", metavar="CẤP", help=f"cấp ban hành, thay cho phần đầu văn bản ({words})")
        one.add_argument("--draft", action="store_true", help="bản thảo: chưa cần số, ngày và tên người ký")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["level"] is not None and options["level"] not in formats()[-1].levels:
            self.stderr.write(f"Không có cấp «{options['level']}». Các cấp: {', '.join(formats()[-1].levels)}.")
            raise SystemExit(2)
        # Where a document bears no day, that of the machine: there may be no office with a working day.
        today = date.today()  # noqa: DTZ011
        wrong = [path for path in options["files"] if not self._right(path, today, options)]
        if wrong:
            raise SystemExit(1)

    def _right(self, path: Path, today: date, options: dict[str, Any]) -> bool:
        try:
            size = path.stat().st_size
            with path.open("rb") as content:
                if size:
                    examine_file(path.name, content, size, LARGEST_FILE)
                    content.seek(0)
                found = check(content.read(), today, on=options["on"], level=options["level"], draft=options["draft"])
        except OSError:
            self.stdout.write(f"{path}: không mở được tệp này.")
            return False
        except Refused as refused:
            self.stdout.write(f"{path}: {refusal(refused)}")
            return False
        except Unreadable as unreadable:
            self.stdout.write(f"{path}: {UNREADABLE[unreadable.code]}")
            return False
        self._tell(path, found)
        return not found.problems

    def _tell(self, path: Path, found: Verdict) -> None:
        count = len(found.problems)
        self.stdout.write(f"{path}: {f'chưa đúng thể thức ở {count} chỗ' if count else 'đúng thể thức'}.")
        level = (
            found.level.name if found.level else "chưa nhận ra cấp ban hành, nên chưa kiểm tra phần riêng của từng cấp"
        )
        self.stdout.write(f"  Cấp: {level}. Quy định của ngày {day_text(found.on)}: {found.form.basis}.")
        if found.form.note:
            self.stdout.write(f"  {found.form.note}")
        for one in map(told, found.problems):
            there = f" Đang có: {one.found}." if one.found else ""
            due = f" Cần: {one.due}." if one.due else ""
            self.stdout.write(
                f"  ✕ {one.place}: {one.sentence}{there}{due}{'' if one.verified else ' (chưa kiểm chứng)'}"
            )
