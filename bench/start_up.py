"""The second start of the demonstration, until its sign-in page is there; beside it a Django of one line behind the same server."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from bench.row import Row

BIN = Path(sys.executable).parent
HELLO = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("hello"))]
settings.configure(ROOT_URLCONF=__name__, SECRET_KEY="bench", ALLOWED_HOSTS=["*"])
application = get_wsgi_application()
"""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_answer(command: list[str | Path], port: int, page: str, folder: Path, *, patience: float = 60) -> float:
    """Seconds from the start of a server's command to its first whole answer; the server is ended again."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DONDOC_", "DJANGO_"))}
    started = perf_counter()
    with subprocess.Popen(
        [str(part) for part in command], cwd=folder, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            while perf_counter() - started < patience:
                try:
                    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=patience)) as asking:
                        asking.request("GET", page)
                        answer = asking.getresponse()
                        answer.read()
                except (OSError, http.client.HTTPException):
                    if server.poll() is not None:
                        break
                    sleep(0.01)
                    continue
                if answer.status >= 400:
                    break
                return perf_counter() - started
        finally:
            os.killpg(server.pid, signal.SIGINT)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
    raise SystemExit(f"{command[0]} gave no page at {page}")


def measure() -> Row:
    """The median of five starts of each, taken in turns."""
    with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as name:
        folder = Path(name)
        (folder / "hello.py").write_text(HELLO, encoding="utf-8")
        ours, bare = [], []
        for turn in range(6):
            port = free_port()
            command: list[str | Path] = [
                BIN / "dondoc",
                "demo",
                "--port",
                str(port),
                "--folder",
                folder / "demo",
                "--without-reports",
            ]
            seconds = until_answer(command, port, "/sign-in/", folder, patience=600 if turn == 0 else 60)
            port = free_port()
            hello: list[str | Path] = [
                BIN / "granian",
                "--interface",
                "wsgi",
                "--port",
                str(port),
                "--log-level",
                "error",
                "hello:application",
            ]
            other = until_answer(hello, port, "/", folder)
            # The first start fills the database and compiles the modules.
            if turn:
                ours.append(seconds)
                bare.append(other)
    return Row("start-up", median(ours), "s", "Django and granian alone", median(bare), 5)
