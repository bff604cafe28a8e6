"""PDF of a Word file, by LibreOffice where it is installed on the machine.

Word stays the original. LibreOffice is started apart with a folder and a profile of its own: macros and links to elsewhere are turned off
in it, its way to the network is a door that is closed, and what takes too long is ended. What it made is kept by the digest of the
Word file, so the same document is never made twice.
"""

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings

from dondoc.lib.refusals import INVALID, Refused

PROGRAMS = ("soffice", "libreoffice")
LONGEST = 60
"""Seconds after which a conversion is ended."""
MOST_KEPT = 500
"""How many PDF files are kept; the ones that were made first go first."""
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MOST_RELATIONS = 1024 * 1024
_CLOSED = "http://127.0.0.1:9"

_SETTINGS = [
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
]


def program() -> str | None:
    """LibreOffice on this machine; None where there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def pdf_of(docx: bytes) -> bytes:
    """The PDF of a Word file that passed the door for files.

    Refused with "documents.pdf_no_program" where LibreOffice is not installed, "documents.pdf_from_elsewhere" where the file wants
    pictures or templates from elsewhere, "documents.pdf_too_slow" and "documents.pdf_failed".
    """
    kept = settings.VAR / "pdf" / f"{hashlib.sha256(docx).hexdigest()}.pdf"
    if kept.exists():
        return bytes(kept.read_bytes())
    if from_elsewhere(docx):
        raise Refused("documents.pdf_from_elsewhere", INVALID)
    office = program()
    if office is None:
        raise Refused("documents.pdf_no_program", INVALID)
    with tempfile.TemporaryDirectory(prefix="dondoc-pdf-") as folder:
        made = converted(office, docx, Path(folder), "pdf:writer_pdf_Export", "pdf")
    _keep(kept, made)
    return made


def converted(office: str, docx: bytes, folder: Path, into: str, ending: str) -> bytes:
    """What LibreOffice makes of a Word file in an empty folder; `into` is one of its filters."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
    (folder / "out").mkdir()
    (folder / "document.docx").write_bytes(docx)
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--convert-to",
        into,
        "--outdir",
        str(folder / "out"),
        str(folder / "document.docx"),
    ]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(folder),
    }
    environment |= {"http_proxy": _CLOSED, "https_proxy": _CLOSED}
    # In a session of its own, so that what it starts in turn is ended with it.
    running = subprocess.Popen(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(LONGEST)
    except subprocess.TimeoutExpired:
        raise Refused("documents.pdf_too_slow", INVALID, seconds=LONGEST) from None
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
    made = folder / "out" / f"document.{ending}"
    if running.returncode or not made.exists():
        raise Refused("documents.pdf_failed", INVALID)
    return made.read_bytes()


def from_elsewhere(docx: bytes) -> bool:
    """Whether opening the file would fetch something: any relation to the outside that is not a link that a person clicks."""
    try:
        with zipfile.ZipFile(BytesIO(docx)) as packed:
            for name in packed.namelist():
                if name.endswith(".rels"):
                    with packed.open(name) as part:
                        read = part.read(_MOST_RELATIONS + 1)
                    if len(read) > _MOST_RELATIONS or b"<!" in read:
                        return True
                    for one in ElementTree.fromstring(read).iter(_RELATION):  # noqa: S314  (no declarations: looked at above)
                        if one.get("TargetMode") == "External" and one.get("Type") != _HYPERLINK:
                            return True
    except (zipfile.BadZipFile, ElementTree.ParseError):
        return True
    return False


def _profile() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )


def _keep(place: Path, made: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix="writing-", delete=False) as beside:
        beside.write(made)
    Path(beside.name).replace(place)
    every = sorted(place.parent.glob("*.pdf"), key=lambda one: one.stat().st_mtime)
    for old in every[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
