"""The `dondoc` command, for offices: what it says itself, it says in Vietnamese.

`dondoc intake` reads texts without starting Django, because people wait for it; `demo` and `serve` start the server; every other word is
a management command of Django or of one of our folders.
"""

import argparse
import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dondoc.lib.options import Parser, speak_vietnamese

HOME = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
DJANGO_OPTIONS = {
    "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks"
}  # fmt: skip
DJANGO_COMMANDS = {"migrate": "Tạo cơ sở dữ liệu hoặc nâng lên bản mới."}
TICK_SECONDS = 15 * 60

HELP = """\
Đôn Đốc: theo dõi việc thực hiện chỉ đạo, để không việc nào bị bỏ quên.

Cách dùng: dondoc LỆNH [tùy chọn]

  demo                mở bản trình diễn trên máy này
  serve               mở máy chủ cho cơ quan
  intake              đọc bài báo, văn bản (một tệp hay cả thư mục) thành bản ghi
  intake corrections  những chỗ cơ quan đã sửa trên bản nháp, và đọc lại để so
  documents check     kiểm tra thể thức của tệp Word, nói rõ chỗ chưa đúng
  tick                làm các việc đến hạn trong ngày: nhắc việc, báo quá hạn
  remind              gửi thư điện tử nhắc việc đang chờ
  history verify      kiểm tra nhật ký còn nguyên vẹn
  migrate             tạo cơ sở dữ liệu hoặc nâng lên bản mới
  organisations       ghi nhận các đơn vị từ một tệp
  totals              tính lại các số tổng hợp đã lưu, sửa chỗ sai khác
  account             lập tài khoản, chức danh, cấp lại mật khẩu

Xem thêm về một lệnh: dondoc LỆNH --help
"""


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text}: cổng là một số từ 1 đến 65535")
    return int(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        print(HELP, end="")
        return 0 if arguments else 2
    word, rest = arguments[0], arguments[1:]
    if word == "intake" and rest[:1] != ["corrections"]:
        from dondoc.intake.terminal.command import main as read_texts

        return int(read_texts(rest) or 0)
    try:
        if word == "demo":
            return demo(rest)
        if word == "serve":
            return serve(rest)
        if word == "intake":
            return manage(rest[0], rest[1:], within="dondoc intake")
        return manage(word, rest)
    except KeyboardInterrupt:
        return 130


def manage(word: str, rest: Sequence[str], within: str = "dondoc") -> int:
    """Run a management command; `within` is what people write before its word."""
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility, get_commands

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
    try:
        django.setup()
        known = get_commands()
    except ImproperlyConfigured as wrong:
        print(f"dondoc: cấu hình chưa đúng. {wrong}", file=sys.stderr)
        return 2
    if word not in known:
        near = get_close_matches(word, ["demo", "serve", "intake", *known], n=1)
        hint = f" Có phải «{near[0]}»?" if near else ""
        print(f"dondoc: không có lệnh «{word}».{hint} Xem các lệnh: dondoc --help", file=sys.stderr)
        return 2
    from django.db.utils import OperationalError, ProgrammingError

    _explain_in_vietnamese()
    try:
        ManagementUtility([within, word, *rest]).execute()
    except (OperationalError, ProgrammingError) as wrong:
        if "no such table" not in str(wrong) and "does not exist" not in str(wrong):
            raise
        print("dondoc: chưa có cơ sở dữ liệu. Hãy chạy trước: dondoc migrate", file=sys.stderr)
        return 1
    return 0


def _explain_in_vietnamese() -> None:
    """Let the help of management commands say in Vietnamese what is ours, and leave out what Django adds for programmers."""
    from django.core.management import base

    speak_vietnamese()
    make = base.BaseCommand.create_parser

    def create_parser(command: base.BaseCommand, prog: str, word: str, **more: Any) -> base.CommandParser:
        parser = make(command, prog, word, **more)
        ours = type(command).__module__.startswith("dondoc.")
        if not ours:
            parser.description = DJANGO_COMMANDS.get(word, "Lệnh của nền tảng Django, dành cho người lập trình.")
        for action in parser._actions:
            if action.dest in DJANGO_OPTIONS or (not ours and action.dest != "help"):
                action.help = argparse.SUPPRESS
        return parser

    if make.__module__ != __name__:
        base.BaseCommand.create_parser = create_parser  # type: ignore[assignment,method-assign]


def serve(argv: Sequence[str]) -> int:
    """Serve an office, until it is interrupted."""
    parser = Parser("serve", "Mở máy chủ cho cơ quan. Dừng bằng Ctrl-C.")
    parser.add_argument("--host", default=LOOPBACK, metavar="ĐỊA_CHỈ", help="địa chỉ nghe, mặc định %(default)s")
    parser.add_argument("--port", type=_port, default=8000, metavar="CỔNG", help="cổng, mặc định %(default)s")
    options = parser.parse_args(argv)
    if _taken(options.host, options.port):
        return 1
    return _listen(
        options.host, options.port, f"Đôn Đốc đang chạy tại http://{options.host}:{options.port}/", lasting=True
    )


def demo(argv: Sequence[str]) -> int:
    """Serve the demonstration on this machine alone; the first time, fill its database."""
    parser = Parser("demo", "Mở bản trình diễn, chỉ trên máy này. Dừng bằng Ctrl-C; dữ liệu được giữ cho lần sau.")
    parser.add_argument("--port", type=_port, default=8000, metavar="CỔNG", help="cổng, mặc định %(default)s")
    parser.add_argument("--reset", action="store_true", help="bỏ dữ liệu trình diễn cũ, làm lại từ đầu")
    parser.add_argument("--without-reports", action="store_true", help="lần đầu không mô phỏng báo cáo, dựng nhanh hơn")
    parser.add_argument("--folder", type=Path, default=HOME / "var" / "demo", metavar="THƯ_MỤC", help="nơi giữ dữ liệu")
    options = parser.parse_args(argv)
    folder: Path = options.folder.resolve()
    if _taken(LOOPBACK, options.port):
        return 1
    if options.reset:
        shutil.rmtree(folder, ignore_errors=True)
    _fill(folder, with_reports=not options.without_reports)
    os.environ.update(_demonstration(folder))
    sign_in = (folder / "sign-in.txt").read_text(encoding="utf-8").strip()
    welcome = f"{sign_in}\n\nMở trình duyệt tại http://{LOOPBACK}:{options.port}/"
    return _listen(LOOPBACK, options.port, welcome, lasting=False)


def _demonstration(folder: Path) -> dict[str, str]:
    """The environment of the demonstration: nothing of an office's own settings leads it to other data."""
    return {
        "DJANGO_SETTINGS_MODULE": "dondoc.settings",
        "DONDOC_VAR": str(folder),
        "DONDOC_DATABASE": f"sqlite:///{folder / 'dondoc.sqlite3'}",
        "DONDOC_HOSTS": f"{LOOPBACK},localhost",
        "DONDOC_DEBUG": "0",
        "DONDOC_HTTPS": "0",
        "DONDOC_EMAIL_HOST": "",
        "DONDOC_ADDRESS": "",
    }


def _fill(folder: Path, *, with_reports: bool) -> None:
    """Make the demonstration's folder, or bring the database of an older version up to date.

    A new one is filled beside its place and moved there when it is whole, so that an interrupted start leaves no half of it.
    """
    schema = hashlib.sha256()
    for migration in sorted((HOME / "dondoc").glob("*/migrations/*.py")):
        schema.update(f"{migration}\0".encode() + migration.read_bytes())
    stamp = folder / "schema"
    if not (folder / "dondoc.sqlite3").exists():
        shutil.rmtree(folder, ignore_errors=True)
        print("Đang dựng dữ liệu trình diễn (chỉ lần đầu) …", flush=True)
        rising = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(rising, ignore_errors=True)
        rising.mkdir(parents=True)
        _step(rising, "migrate", "--verbosity", "0")
        with (rising / "sign-in.txt").open("w", encoding="utf-8") as kept:
            _step(rising, "demonstration", out=kept.fileno())
        if with_reports:
            _step(rising, "simulate")
        (rising / "schema").write_text(schema.hexdigest(), encoding="ascii")
        rising.rename(folder)
    elif not stamp.exists() or stamp.read_text(encoding="ascii") != schema.hexdigest():
        print("Đang nâng dữ liệu trình diễn lên bản mới …", flush=True)
        _step(folder, "migrate", "--verbosity", "0")
        stamp.write_text(schema.hexdigest(), encoding="ascii")


def _step(folder: Path, *command: str, out: int | None = None) -> None:
    """Run a management command on the demonstration in a process of its own: this one stays free to serve another folder."""
    environment = os.environ | _demonstration(folder)
    finished = subprocess.run(
        [sys.executable, "-m", "dondoc.command", *command], env=environment, cwd=HOME, stdout=out, check=False
    )
    if finished.returncode:
        print(f"dondoc: chưa dựng được bản trình diễn (bước {command[0]}).", file=sys.stderr)
        raise SystemExit(1)


def _taken(host: str, port: int) -> bool:
    """Whether something else listens there already; then it is said before anything is begun."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as wrong:
            print(
                f"dondoc: không mở được cổng {port} tại {host} ({wrong.strerror}). Hãy chọn cổng khác.", file=sys.stderr
            )
            return True
    return False


def _listen(host: str, port: int, welcome: str, *, lasting: bool) -> int:
    """Serve until interrupted; the welcome is printed once the server answers. A lasting server revives its worker."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
    # Where an office collects static files; without it whitenoise warns, though it finds them in the folders too.
    (Path(os.environ.get("DONDOC_VAR", HOME / "var")) / "static").mkdir(parents=True, exist_ok=True)
    server = Granian(
        "dondoc.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        # SQLite writes one at a time anyway, and readers wait for little else than the processor.
        blocking_threads=4,
        websockets=False,
        respawn_failed_workers=lasting,
        # A browser keeps its connection open; nobody waits for that at the end of a demonstration.
        workers_kill_timeout=10 if lasting else 1,
        log_level=LogLevels.error,
        working_dir=HOME,
    )
    threading.Thread(target=_greet, args=(host, port, welcome), daemon=True).start()
    ended = threading.Event()
    threading.Thread(target=_tick, args=(ended,), daemon=True).start()
    try:
        server.serve()
    finally:
        ended.set()
    return 0


def _tick(ended: threading.Event) -> None:
    """Do what has become due, at the start and every quarter of an hour, in a process of its own: a lease keeps it from being done twice."""
    while True:
        for word in ("tick", "remind"):
            subprocess.run(
                [sys.executable, "-m", "dondoc.command", word], cwd=HOME, stdout=subprocess.DEVNULL, check=False
            )
        if ended.wait(TICK_SECONDS):
            return


def _greet(host: str, port: int, welcome: str) -> None:
    """Print the welcome as soon as a page is answered; a server that does not start says so itself."""
    address = {"0.0.0.0": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104
    for _ in range(300):
        try:
            asking = http.client.HTTPConnection(address, port, timeout=30)
            asking.request("GET", "/", headers={"Host": "localhost"})
            asking.getresponse().read()
            asking.close()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            print(f"{welcome}\nDừng: Ctrl-C", flush=True)
            return


if __name__ == "__main__":
    sys.exit(main())
