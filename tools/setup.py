"""Sets up everything in the checkout: .venv from the lock, the `dondoc` command, fonts, translations, the gazetteer.

Runs before there is a .venv, so it needs nothing but Python's own library. What was done is written down in .venv/dondoc.json;
a second run compares digests and ends at once.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
DONE = VENV / "dondoc.json"
QUIET = ("--quiet", "--disable-pip-version-check", "--no-input")
# Debian's package, and how to see that what it brings is there.
PROGRAMS = {
    "chromium-headless-shell": lambda: any(shutil.which(name) for name in browsers()),
    "postgresql": lambda: shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
}


def browsers() -> tuple[str, ...]:
    """The names under which a Chromium may be found, as `dondoc/tests/browser.py` looks for it."""
    named = os.environ.get("DONDOC_CHROMIUM")
    return (named,) if named else ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def missing_packages(wanted: Iterable[str]) -> list[str]:
    """The Debian packages that are not there and are needed: those wanted, and what makes a .venv where there is none."""
    missing = [name for name in wanted if not PROGRAMS[name]()]
    has_venv = importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")
    if not has_venv and not PYTHON.exists():
        missing.append("python3-venv")
    return missing


def digest(paths: Iterable[Path]) -> str:
    """One digest of the names and contents of files; a file that is not there counts as such."""
    whole = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes() if path.exists() else b"missing"
        whole.update(f"{path.relative_to(HOME)}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()


def run(*command: str | Path) -> None:
    """Run a step; when it fails its own words stand above, and the set-up ends."""
    # Nothing that the caller's shell says about Python may lead a step out of the .venv.
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    outcome = subprocess.run([str(part) for part in command], cwd=HOME, env=environment, check=False)
    if outcome.returncode:
        words = " ".join(str(part) for part in command)
        sys.exit(f"The set-up stopped at: {words}")


def usable_venv() -> bool:
    """Whether .venv was made at this place and still runs, with the Python that `PYTHON=` names if it names one."""
    if not PYTHON.exists() or done().get("venv", str(VENV)) != str(VENV):
        return False
    ask = "import sys; print(sys.prefix, *sys.version_info[:2])"
    answer = subprocess.run([str(PYTHON), "-c", ask], capture_output=True, text=True, check=False)
    if answer.returncode:
        return False
    prefix, *numbers = answer.stdout.split()
    version = tuple(int(number) for number in numbers)
    right = version == sys.version_info[:2] if os.environ.get("PYTHON") else version >= (3, 11)
    return prefix == str(VENV) and right


def done() -> dict[str, str]:
    """What earlier runs have finished, step by step."""
    try:
        return dict(json.loads(DONE.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def finish(step: str, value: str) -> None:
    """Write down that a step is finished for this state of its inputs."""
    DONE.write_text(json.dumps({**done(), "venv": str(VENV), step: value}, indent=1) + "\n", encoding="utf-8")


def install(lock: str) -> None:
    """Bring .venv to what the lock says, and put the `dondoc` command into it."""
    state = digest([HOME / lock, HOME / "pyproject.toml"])
    if done().get(lock) == state:
        return
    print(f"Installing the packages of {lock} into .venv (once, about a minute) …", flush=True)
    if subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        run(PYTHON, "-m", "ensurepip", "--upgrade")
    quiet = (*QUIET, "--no-warn-script-location")
    run(PYTHON, "-m", "pip", "install", *quiet, "--require-hashes", "--requirement", HOME / lock)
    run(PYTHON, "-m", "pip", "install", *quiet, "--no-deps", "--no-build-isolation", "--no-index", "--editable", HOME)
    finish(lock, state)


def build(step: str, module: str, inputs: Iterable[Path], made: Iterable[Path], lock: str | None = None) -> None:
    """Run a module that makes files, unless they are there and were made from the same inputs.

    With `lock` the module is given the wheel of the one package that the lock names. It is fetched for this run and never installed.
    """
    state = digest([*inputs, *([HOME / lock] if lock else [])])
    if done().get(step) == state and all(path.exists() for path in made):
        return
    if lock is None:
        run(PYTHON, "-m", module)
    else:
        with tempfile.TemporaryDirectory(dir=VENV) as folder:
            run(
                *(PYTHON, "-m", "pip", "download", *QUIET, "--no-deps", "--only-binary", ":all:"),
                *("--require-hashes", "--requirement", HOME / lock, "--dest", folder),
            )
            run(PYTHON, "-m", module, *Path(folder).iterdir())
    finish(step, state)


def main() -> None:
    """Set up for an office, or with `--developer` also what tests and checks need."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--developer", action="store_true", help="also what tests and checks need")
    parser.add_argument("--bench", action="store_true", help="also what measurements stand beside")
    parser.add_argument("--need", action="append", default=[], choices=sorted(PROGRAMS), help="a Debian package")
    options = parser.parse_args()

    missing = missing_packages(options.need)
    if missing:
        sudo = "" if os.geteuid() == 0 else "sudo "
        sys.exit(f"Missing on this machine: {', '.join(missing)}. Run: {sudo}apt-get install {' '.join(missing)}")
    started = time.monotonic()
    if not usable_venv():
        shutil.rmtree(VENV, ignore_errors=True)
        run(sys.executable, "-m", "venv", VENV)
    lock = (
        "requirements-bench.txt"
        if options.bench
        else "requirements-dev.txt"
        if options.developer
        else "requirements.txt"
    )
    install(lock)

    web = HOME / "dondoc" / "web"
    built = web / "static" / "built"
    build("fonts", "dondoc.web.build", [*web.glob("*.py"), HOME / "requirements.txt"], [built])
    gazetteer = HOME / "dondoc" / "intake" / "gazetteer"
    build(
        "gazetteer",
        "dondoc.intake.gazetteer.build",
        [gazetteer / "build.py", gazetteer / "rules.py", HOME / "dondoc" / "lib" / "vietnamese.py"],
        [gazetteer / "built" / "gazetteer.sqlite"],
        "requirements-gazetteer.txt",
    )
    sentences = sorted((HOME / "dondoc").glob("*/locale/vi/LC_MESSAGES/django.po"))
    build("messages", "dondoc.web.messages", sentences, [path.with_suffix(".mo") for path in sentences])
    if time.monotonic() - started > 5:
        print(f"Set up in {time.monotonic() - started:.0f} seconds.", flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nThe set-up was interrupted; the next one goes on from here.")
