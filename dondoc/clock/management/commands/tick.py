"""`dondoc tick`: do what has become due, up to today; run it from a timer, as often as you like."""

from typing import IO, Any, cast

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from dondoc.clock.models import Tick
from dondoc.clock.queries import working_day
from dondoc.clock.services import run_to
from dondoc.lib import wording


class Command(BaseCommand):
    """Safe to repeat, to run twice at once and to interrupt."""

    help = "Làm các việc đến hạn: nhắc việc, báo quá hạn. Chạy lại bao nhiêu lần cũng được."

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(file=cast(IO[str], self.stdout._out), highlight=False, soft_wrap=True)
        today = working_day()
        tick = Tick.objects.filter(pk=1).first()
        waiting = max((today - tick.done_to).days, 0) if tick else 1
        columns = (TextColumn("Việc của từng ngày"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True) as shown:
            task = shown.add_task("", total=waiting)
            done = run_to(today, progress=lambda _: shown.advance(task))
        reached = Tick.objects.get(pk=1).done_to
        if reached < today:
            console.print(f"Một lượt khác đang chạy, đã xong đến ngày {wording.day(reached)}.")
        else:
            console.print(f"Đã xong đến ngày {wording.day(reached)}: {wording.number(done)} việc.")
