"""`dondoc intake corrections`: the corrections of the office's drafts as cases, and the present reader tried on them."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

import yaml
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from dondoc.clock.queries import working_day
from dondoc.intake import corrections
from dondoc.intake.cases import Case, Row, written
from dondoc.intake.comparing import Comparison, Correction
from dondoc.intake.terminal.folder import write_whole
from dondoc.lib import wording
from dondoc.lib.days import read_day

HEAD = """\
# Văn bản của cơ quan và những gì người kiểm tra đã xác nhận. Mục corrected: những chỗ đã sửa so với kết quả đọc.
"""
KINDS = {
    "date": "Ngày",
    "leader": "Chủ trì",
    "units": "Đơn vị",
    "facts": "Số liệu",
    "findings": "Nhận xét",
    "directives": "Ý kiến chỉ đạo",
    "topic": "Nội dung làm việc",
    "title": "Tiêu đề",
    "publisher": "Nơi đăng",
    "published": "Ngày đăng",
    "year_reviewed": "Năm được xem xét",
    "year_planned": "Năm kế hoạch",
}


class Command(BaseCommand):
    """Ends with 1 where nothing could be read or written. It reads the database and changes nothing there."""

    help = (
        "Những gì cơ quan đã sửa trên các bản nháp đã xác nhận: ghi ra tệp, hoặc thử lại với chương trình đọc hiện nay."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out", type=Path, metavar="NƠI_GHI", help="tệp .yaml, hoặc thư mục (mỗi bản nháp một tệp)"
        )
        parser.add_argument("--check", action="store_true", help="đọc lại các văn bản ấy và so với phần đã xác nhận")
        parser.add_argument(
            "--cases",
            type=Path,
            metavar="NƠI_ĐỌC",
            help="cùng --check: lấy từ tệp hoặc thư mục đã ghi, không từ cơ sở dữ liệu",
        )
        parser.add_argument("--since", metavar="NGÀY", help="chỉ những văn bản nhận từ ngày này, ví dụ 28/04/2023")
        parser.add_argument("--all", action="store_true", help="cả những bản nháp không phải sửa gì")
        parser.add_argument("--restricted", action="store_true", help="cả những văn bản không phổ biến rộng rãi")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["out"] and not options["check"]:
            raise CommandError("Hãy ghi --out NƠI_GHI, hoặc --check.")
        if options["cases"] and not options["check"]:
            raise CommandError("--cases chỉ dùng cùng --check.")
        since = read_day(options["since"], working_day()) if options["since"] else None
        if options["since"] and since is None:
            raise CommandError("Hãy viết ngày như 28/04/2023.")
        self.console = Console(file=cast(IO[str], self.stdout._out), highlight=False, soft_wrap=True)
        try:
            if options["cases"]:
                self._check(_of_files(options["cases"]))
            else:
                self._of_drafts(since, options)
        except OSError as error:
            raise CommandError(f"Không đọc hoặc ghi được {error.filename or ''}.") from None

    def _of_drafts(self, since: date | None, options: dict[str, Any]) -> None:
        drafts = corrections.confirmed(since)
        left_out = corrections.LeftOut()
        found = corrections.cases(drafts, left_out, restricted=options["restricted"], unchanged=options["all"])
        columns = (TextColumn("Bản nháp"), BarColumn(), MofNCompleteColumn())
        errors = Console(stderr=True)
        with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as shown:
            task = shown.add_task("", total=drafts.count())

            def each() -> Iterator[tuple[int, Case]]:
                for pk, case in found:
                    shown.advance(task)
                    if case is not None:
                        yield pk, case

            numbered = _write(each(), options["out"]) if options["out"] else each()
            if options["check"]:
                self._check(case for _, case in numbered)
            else:
                written_cases = sum(1 for _ in numbered)
                self.console.print(
                    f"Đã ghi {wording.number(written_cases)} văn bản vào {options['out']}.", markup=False
                )
        self._tell_left_out(left_out)

    def _tell_left_out(self, left_out: corrections.LeftOut) -> None:
        for count, why in (
            (left_out.unchanged, "văn bản không phải sửa gì (thêm --all để lấy cả)"),
            (left_out.restricted, "văn bản không phổ biến rộng rãi (thêm --restricted để lấy cả)"),
            (left_out.secret, "văn bản có dấu mật: cần xử lý theo quy định, không ghi ra"),
        ):
            if count:
                self.console.print(f"Để lại {wording.number(count)} {why}.", markup=False)

    def _check(self, cases: Iterable[Case]) -> None:
        comparison = Comparison()
        told: Counter[bool] = Counter()
        for case in cases:
            for one in comparison.add(case):
                if not told.total():
                    self.console.print("Những chỗ đã sửa (● nay đọc đúng, ○ chưa):")
                told[one.mended] += 1
                self.console.print(Text(_line(one)))
        if not comparison.cases:
            self.console.print("Không có văn bản nào để so.")
            return
        self.console.print(_table(comparison))
        total = told.total()
        right = (
            f"nay đọc đúng {wording.number(told[True])}/{wording.number(total)} chỗ đã sửa"
            if total
            else "không có chỗ sửa"
        )
        self.console.print(f"{wording.number(comparison.cases)} văn bản; {right}.")
        if comparison.chosen:
            self.console.print(f"{wording.number(comparison.chosen)} đơn vị do người kiểm tra chọn, không tính ở trên.")


def _table(comparison: Comparison) -> Table:
    table = Table()
    table.add_column("Loại", no_wrap=True)
    for heading in ("Đã xác nhận", "Đọc được", "Đúng", "Chính xác", "Đầy đủ", "F1"):
        table.add_column(heading, justify="right")
    for kind, score in comparison.scores.items():
        counts = [wording.number(count) for count in (score.confirmed, score.read, score.same)]
        rates = [
            "–" if rate is None else f"{rate:.3f}".replace(".", ",")
            for rate in (score.precision, score.recall, score.f1)
        ]
        table.add_row(KINDS[kind], *counts, *rates)
    return table


def _line(one: Correction) -> str:
    read, right = (_words(row) for row in (one.read, one.right))
    return f"{'●' if one.mended else '○'} {one.about} – {KINDS.get(one.kind, one.kind)}: {read or '(không có)'} → {right or '(bỏ)'}"


def _words(row: Row | None) -> str:
    return "; ".join(str(part) for part in row or () if part is not None)


def _write(cases: Iterable[tuple[int, Case]], out: Path) -> Iterator[tuple[int, Case]]:
    """Write the cases on their way: into one file, or one file each into a folder; each file whole or not at all."""
    if out.suffix.lower() not in {".yaml", ".yml"}:
        for pk, case in cases:
            write_whole(out / f"{pk:06d}.yaml", HEAD + written(case))
            yield pk, case
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            any_case = False
            for pk, case in cases:
                file.write(written(case))
                any_case = True
                yield pk, case
            if not any_case:
                file.write("[]\n")
        part.replace(out)
    finally:
        # Whole texts stand in it: nothing of them may stay behind under a hidden name.
        part.unlink(missing_ok=True)


def _of_files(place: Path) -> Iterator[Case]:
    """The cases of a file or of the files of a folder."""
    files = sorted(place.rglob("*.yaml")) if place.is_dir() else [place]
    for path in files:
        try:
            loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        except (yaml.YAMLError, UnicodeError):
            raise CommandError(f"{path}: không phải tệp các văn bản đã sửa.") from None
        for case in loaded or []:
            if isinstance(case, dict) and isinstance(case.get("text"), str):
                yield case
