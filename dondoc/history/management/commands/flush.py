"""Django's `flush`, which empties every table of a test database, made to know the guards of the history."""

from typing import Any

from django.core.management.commands.flush import Command as Flush

from dondoc.history.triggers import unguarded


class Command(Flush):
    """Empties all tables, also those that nothing else may change."""

    help = "Xóa toàn bộ dữ liệu. Chỉ dùng cho cơ sở dữ liệu thử nghiệm."

    def handle(self, **options: Any) -> None:
        with unguarded():
            super().handle(**options)
