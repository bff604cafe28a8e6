"""`dondoc totals`: compare the stored totals with the ledger and the tree, and mend what differs."""

from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dondoc.clock.queries import working_day
from dondoc.figures import standing, totals
from dondoc.figures.models import Figure
from dondoc.lib.days import read_day
from dondoc.lib.wording import number

UNITS = 200


class Command(BaseCommand):
    """Safe to repeat and to interrupt: every step commits by itself, `--since` goes on from a month."""

    help = "Tính lại các số tổng hợp đã lưu từ số liệu gốc và cây tổ chức, sửa chỗ sai khác. Có thể dừng rồi chạy tiếp."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", metavar="NGÀY", help="chỉ tính từ tháng có ngày này, ví dụ 01/06/2026")

    def handle(self, *args: Any, **options: Any) -> None:
        since = None
        if options["since"]:
            since = read_day(options["since"], working_day())
            if since is None:
                raise CommandError(f"Không hiểu ngày {options['since']}. Viết như 01/06/2026.")
            since = since.replace(day=1)
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False, soft_wrap=True)
        units = sorted(Figure.objects.filter(superseded_at=None).values_list("unit", flat=True).distinct())
        groups = [units[start : start + UNITS] for start in range(0, len(units), UNITS)]
        # Which figures count comes first: the totals rest on it.
        steps = totals.steps(since)
        months = sorted({month for month, _ in steps})
        mended = 0
        columns = (TextColumn("Các bước tính lại"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as shown:
            task = shown.add_task("", total=len(groups) + len(steps) + len(months))
            for group in groups:
                mended += standing.rebuild(group)
                shown.advance(task)
            for month, key in steps:
                mended += totals.rebuild(month, key)
                shown.advance(task)
            for month in months:
                mended += totals.rebuild_due(month)
                shown.advance(task)
        if mended:
            console.print(f"Đã sửa {number(mended)} dòng sai khác.")
        else:
            console.print("Các số tổng hợp đã lưu đều đúng.")
