"""`dondoc history verify`: is the record whole, and if not, which entry is broken?"""

from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dondoc.history.models import Entry, Head
from dondoc.history.queries import known_end_fault, verify
from dondoc.lib.texts import problem


class Command(BaseCommand):
    """Ends with 1 where something was changed, taken out or put in."""

    help = "Kiểm tra nhật ký: mọi mục còn nguyên như khi được ghi, không thiếu mục nào."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        check = verbs.add_parser("verify", help="kiểm tra toàn bộ nhật ký")
        check.add_argument(
            "--known", metavar="SỐ:MÃ", help="mục cuối đã chép lại lần trước; nhật ký phải còn đúng mục ấy"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # The wrapper around the stream would add a line's end to every piece that rich writes.
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False, soft_wrap=True)
        found = []
        columns = (TextColumn("Đang kiểm tra nhật ký"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as shown:
            task = shown.add_task("", total=Entry.objects.count())
            for fault in verify(lambda number: shown.update(task, completed=number)):
                found.append(fault)
                shown.console.print(f"✕ {problem(fault)}", markup=False)
        if options["known"]:
            number, _, hash_then = str(options["known"]).partition(":")
            if not number.isdigit() or len(hash_then) < 8:
                self.stderr.write("Hãy viết --known SỐ:MÃ như dòng cuối của lần kiểm tra trước.")
                raise SystemExit(2)
            fault_then = known_end_fault(int(number), hash_then)
            if fault_then:
                found.append(fault_then)
                console.print(f"✕ {problem(fault_then)}", markup=False)
        if found:
            console.print(
                f"Nhật ký không còn nguyên vẹn: {len(found)} chỗ sai. Hãy giữ nguyên máy chủ và báo người quản trị."
            )
            raise SystemExit(1)
        head = Head.objects.get(pk=Head.Chain.ENTRIES)
        console.print(f"Nhật ký nguyên vẹn: {head.count} mục.")
        if head.count:
            console.print(f"Mục cuối, nên chép lại để đối chiếu lần sau: {head.count}:{head.hash[:16]}")
