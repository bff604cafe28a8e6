"""`dondoc organisations FILE`: record the units and reorganisations that a file describes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dondoc.clock.queries import working_day
from dondoc.clock.services import system_act
from dondoc.organisations.services.load import WrongFile, load


class Command(BaseCommand):
    """All of the file or nothing of it; its form stands in `organisations/services/load.py` and in `docs/running.md`."""

    help = "Ghi nhận các đơn vị và việc sắp xếp tổ chức trong một tệp YAML (ghi hết hoặc không ghi gì)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="TỆP")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load(options["file"], system_act(working_day()))
        except WrongFile as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(f"Đã ghi nhận {len(made)} việc lập hoặc sắp xếp tổ chức.")
