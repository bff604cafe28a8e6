"""`dondoc account add|post|password`: the first administrator of a new installation, and a way back in when nobody can sign in."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dondoc.accounts import services
from dondoc.accounts.models import Account, Post, PostKind
from dondoc.accounts.rules import first_password
from dondoc.clock.queries import working_day
from dondoc.clock.services import system_act
from dondoc.lib import wording
from dondoc.lib.days import read_day
from dondoc.lib.refusals import Refused
from dondoc.lib.texts import refusal
from dondoc.organisations.models import Unit


class Command(BaseCommand):
    """What it does stands in the record as done by the system itself."""

    help = "Tạo tài khoản, giao chức danh, cấp lại mật khẩu đầu tiên."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VIỆC")
        add = verbs.add_parser("add", help="tạo tài khoản; in mật khẩu đầu tiên một lần")
        add.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")
        add.add_argument("label", metavar="TÊN_HIỂN_THỊ")
        give = verbs.add_parser("post", help="giao chức danh; lập chức danh nếu chưa có")
        give.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")
        give.add_argument("unit", metavar="MÃ_ĐƠN_VỊ")
        give.add_argument("kind", choices=PostKind.values, metavar="LOẠI", help=", ".join(PostKind.values))
        give.add_argument("title", metavar="TÊN_CHỨC_DANH")
        give.add_argument("--since", metavar="NGÀY", help="giữ từ ngày, mặc định hôm nay")
        reset = verbs.add_parser("password", help="cấp lại mật khẩu đầu tiên; in một lần")
        reset.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(working_day(), options)
        except Refused as refused:
            raise CommandError(refusal(refused)) from None

    def _add(self, today: date, options: dict[str, Any]) -> None:
        password = first_password()
        services.create_account(options["username"], options["label"], password, act=system_act(today))
        self.stdout.write(f"Đã tạo tài khoản {options['username']}. Mật khẩu đầu tiên: {password}")

    def _post(self, today: date, options: dict[str, Any]) -> None:
        account = self._account(options["username"])
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Không có đơn vị mang mã {options['unit']}.")
        since = read_day(options["since"], today) if options["since"] else today
        if since is None:
            raise CommandError("Hãy viết ngày như 28/04/2023.")
        act = system_act(today)
        post = Post.objects.on(since).filter(unit=unit, kind=options["kind"], title=options["title"]).first()
        if post is None:
            post = services.create_post(unit.pk, options["kind"], options["title"], since, act=act)
        services.give_post(post.pk, account.pk, since, seen=post.version, act=act)
        self.stdout.write(f"Đã giao chức danh {post.title} cho {account.username} từ ngày {wording.day(since)}.")

    def _password(self, today: date, options: dict[str, Any]) -> None:
        account = self._account(options["username"])
        password = first_password()
        services.set_first_password(account.pk, password, seen=account.version, act=system_act(today))
        self.stdout.write(f"Mật khẩu đầu tiên mới của {account.username}: {password}")

    def _account(self, username: str) -> Account:
        account: Account | None = Account.objects.filter(username__iexact=username).first()
        if account is None:
            raise CommandError(f"Không có tài khoản {username}.")
        return account
