"""Fill the invented district of a demonstration with two years of reports."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.progress import Progress

from dondoc.clock.models import DemonstrationDay
from dondoc.overview.simulation.live import Simulation
from dondoc.reports.models import Report

CONTENT = settings.CONTENT / "demonstration" / "simulation.yaml"


class Command(BaseCommand):
    """`dondoc simulate`."""

    help = "Fill the invented district of a demonstration with two years of reports."

    def handle(self, *args: Any, **options: Any) -> None:
        if not DemonstrationDay.objects.exists():
            raise CommandError("Lệnh này chỉ dùng cho cơ sở dữ liệu trình diễn (make demo).")
        simulation = Simulation(CONTENT)
        first = date.fromisoformat(f"{simulation.content['first_month']}-01")
        if Report.objects.filter(unit__parents__parent=simulation.district, starts_on=first).exists():
            raise CommandError("Số liệu mô phỏng đã có trong cơ sở dữ liệu này.")
        months = simulation.content["months"]
        with Progress(transient=True) as progress:
            task = progress.add_task("Đang mô phỏng báo cáo", total=months)
            for _month in simulation.live():
                progress.advance(task)
        self.stdout.write(f"Đã mô phỏng {months} tháng báo cáo của huyện giả định.")
