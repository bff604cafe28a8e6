"""Runs a command with `DONDOC_DATABASE` naming a PostgreSQL that is made for it and removed afterwards.

    python tools/with_postgres.py pytest …

The server listens on a socket in a temporary folder, on no port. Started by root it runs as the user `postgres`, since PostgreSQL
refuses root. The role that the command gets may create databases and is no superuser, as in an office.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

# A database that is thrown away need not survive a power cut, and its queries are too short to be worth compiling.
HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "jit": "off",
}
# In memory where the machine has room for it: emptying a database makes and removes a file for each table and index.
_MEMORY = Path("/dev/shm")  # noqa: S108 — the folder made in it is the owner's alone
ROOM = _MEMORY if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 2**30 else None


def programs() -> Path:
    """The folder of PostgreSQL's programs, the newest version first; Debian keeps them out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    initdb = shutil.which("initdb")
    if initdb:
        return Path(initdb).resolve().parent
    sys.exit("Missing on this machine: postgresql. Run: apt-get install postgresql")


def main(command: list[str]) -> int:
    """Start, run, stop; the answer is the command's exit code."""
    here = programs()
    account: dict[str, Any] = {}
    if os.geteuid() == 0:
        account = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="dondoc-postgres-", dir=ROOM))
    try:
        if account:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"

        def run(program: str, *arguments: str) -> None:
            outcome = subprocess.run(
                [str(here / program), *arguments],
                cwd=folder, capture_output=True, text=True, check=False, **account,
            )  # fmt: skip
            if outcome.returncode:
                log = folder / "log"
                sys.exit(f"{program}: {outcome.stderr}{log.read_text() if log.exists() else ''}")

        run("initdb", "--pgdata", str(data), "--username", "owner", "--auth", "trust", "--encoding", "UTF8",
            "--locale", "C.UTF-8", "--no-sync")  # fmt: skip
        given = HASTE | {"listen_addresses": "", "unix_socket_directories": str(folder)}
        settings = [f"-c {name}={value}" for name, value in given.items()]
        run("pg_ctl", "start", "--wait", "--pgdata", str(data), "--log", str(folder / "log"), "-o", " ".join(settings))
        try:
            run("createuser", "--host", str(folder), "--username", "owner", "--createdb", "dondoc")
            run("createdb", "--host", str(folder), "--username", "owner", "--owner", "dondoc", "dondoc")
            environment = os.environ | {"DONDOC_DATABASE": f"postgresql://dondoc@/dondoc?host={folder}"}
            # A Ctrl-C reaches the command itself; this program waits for it and then stops the server.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            with subprocess.Popen(command, env=environment, preexec_fn=_heed_interrupts) as child:
                signal.signal(signal.SIGTERM, lambda *_: child.terminate())
                return child.wait()
        finally:
            run("pg_ctl", "stop", "--pgdata", str(data), "--mode", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
