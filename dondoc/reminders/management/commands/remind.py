"""`dondoc remind`: send by e-mail the digests that wait; run it as often as you like."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dondoc.lib import wording
from dondoc.reminders.mail import send_due


class Command(BaseCommand):
    """Safe to repeat, to run twice at once and to interrupt."""

    help = "Gửi thư điện tử nhắc việc đang chờ. Chạy lại bao nhiêu lần cũng được."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Đã gửi {wording.number(send_due(timezone.now()))} thư.")
