"""Reading many files into a folder of records: several processes, resumable, no bad file stops the rest.

In memory stand a handful of names at a time, however many files there are; what became of each is kept on disk (`kept.py`).
"""

import hashlib
import json
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dondoc.intake.extract.content import FOLDER as CONTENT
from dondoc.intake.extract.files import BadFile, text_of
from dondoc.intake.extract.reader import read
from dondoc.intake.extract.record import as_record
from dondoc.lib import wording

from .kept import Busy, Kept, Made
from .places import Place, places
from .workers import Lost, Workers

FAULTS = "khong-doc-duoc.txt"
INTERRUPTED = 130
LARGEST_HASHED = 64 * 1024 * 1024
SHOWN_FAULTS = 50
LOST = "chương trình đọc dừng giữa chừng ở tệp này (có thể do thiếu bộ nhớ)"
LATE = "đọc quá lâu nên đã bỏ qua"
_SOURCES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be read into one record; `known` is what was made of it before."""

    source: Path
    target: Path
    output: str
    known: Made | None


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it; `fresh` is false where it had been done before."""

    made: Made
    fresh: bool


@cache
def reader_version() -> str:
    """The version of the reader: a digest of its program and of its content files, so that any change of either shows."""
    digest = hashlib.sha256()
    for folder in (_SOURCES / "intake" / "extract", _SOURCES / "lib", CONTENT):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not {"tests", "__pycache__"} & set(path.parts):
                digest.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def digest_of(path: Path) -> str:
    """What tells whether a file is still the same: SHA-256 of its bytes, of a very large one its size and time; "" of an unreadable one."""
    try:
        status = path.stat()
        if status.st_size > LARGEST_HASHED:
            return f"{status.st_size}:{status.st_mtime_ns}"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def read_one(job: Job) -> Done:
    """Read one file and write its record. Whatever goes wrong is said in the answer."""
    # Pipes and devices would be waited for without end.
    digest = digest_of(job.source) if job.source.is_file() else ""
    known = job.known
    if known is not None and digest and known.digest == digest and (known.fault is not None or job.target.exists()):
        return Done(known, False)
    try:
        if job.source.exists() and not job.source.is_file():
            raise BadFile("không phải tệp thường")
        reading = read(text_of(job.source))
        if reading.secrecy is not None:
            raise BadFile(f"văn bản có dấu mật ({reading.secrecy.mark}): không ghi lại nội dung")
        record = json.dumps(as_record(reading), ensure_ascii=False, indent=1)
    except BadFile as bad:
        # No record of an older text may be taken for one of this.
        with suppress(OSError):
            job.target.unlink(missing_ok=True)
        return Done(Made(digest, str(bad)), True)
    except MemoryError:
        return Done(Made("", "không đủ bộ nhớ để đọc tệp này"), True)
    except Exception as error:
        # One bad file never stops the rest; the name of the error helps whoever mends the reader.
        return Done(Made("", f"lỗi của chương trình đọc ({type(error).__name__})"), True)
    try:
        write_whole(job.target, record + "\n")
    except OSError:
        return Done(Made("", f"không ghi được {job.target}"), True)
    return Done(Made(digest, None), True)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that under its name there is either all of it or what was there before. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Always the same name for the same file: what an interrupted run leaves behind is taken over by the next.
    part = path.with_name(f".{hashlib.sha256(path.name.encode(errors='surrogateescape')).hexdigest()[:16]}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def run(given: Sequence[Path], results: Path, *, workers: int | None, errors: Console) -> int:
    """Read everything given into `results`. Returns 0; 1 where something could not be read; 130 where the run was stopped."""
    try:
        results.mkdir(parents=True, exist_ok=True)
        kept = Kept(results, reader_version())
    except Busy:
        _say(errors, f"{results}: một lượt đọc khác đang ghi vào thư mục này")
        return 1
    except OSError:
        _say(errors, f"{results}: không tạo được thư mục kết quả")
        return 1
    count = workers or _workers_for(given)
    counts: Counter[str] = Counter()
    try:
        with _until_interrupted() as stopped, _progress(given, results, errors) as advance:
            for job, done in _done(given, results, kept, count, stopped):
                counts["bad" if done.made.fault else "fresh" if done.fresh else "kept"] += 1
                if done.fresh or done.made.fault:
                    kept.note(job.output, str(job.source), done.made)
                advance()
            interrupted = stopped()
        kept.save()
        _report(results, kept, counts, interrupted, errors)
    finally:
        kept.close()
    return INTERRUPTED if interrupted else 1 if counts["bad"] else 0


def _workers_for(given: Sequence[Path]) -> int:
    """As many as there are cores; a few files are read sooner than a second process has started."""
    if len(given) < 16 and not any(path.is_dir() for path in given):
        return 1
    cores = getattr(os, "sched_getaffinity", None)
    return len(cores(0)) if cores else os.cpu_count() or 1


def _done(
    given: Sequence[Path], results: Path, kept: Kept, workers: int, stopped: Callable[[], bool]
) -> Iterator[tuple[Job, Done]]:
    def jobs() -> Iterator[Job]:
        for place in places(given, results):
            if place.fault is None:
                yield Job(place.source, results / place.output, place.output, kept.known(place.output))
            else:
                unread.append(place)

    unread: list[Place] = []
    answers: Iterable[tuple[Job, Done | Lost]]
    if workers == 1:
        answers = ((job, read_one(job)) for job in jobs() if not stopped())
    else:
        answers = Workers(workers, read_one).run(jobs(), stopped)
    for job, answer in answers:
        if isinstance(answer, Lost):
            yield job, Done(Made("", LATE if answer.late else LOST), True)
        else:
            yield job, answer
    for place in unread:
        # Its own name in the state ends like no record's, so that a file never takes its place.
        yield Job(place.source, results, f"{place.output}{os.sep}", None), Done(Made("", place.fault), True)


@contextmanager
def _until_interrupted() -> Iterator[Callable[[], bool]]:
    """Ctrl-C, or the signal to end, is noted and the run ends at the next file; a second one ends it at once."""
    seen: list[int] = []

    def note(number: int, frame: object) -> None:
        if seen:
            raise KeyboardInterrupt
        seen.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(seen)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _progress(given: Sequence[Path], results: Path, errors: Console) -> Iterator[Callable[[], None]]:
    """A bar where somebody watches, else nothing."""
    if not errors.is_terminal:
        yield lambda: None
        return
    columns = (TextColumn("Đang đọc"), BarColumn(), MofNCompleteColumn(), TextColumn("còn"), TimeRemainingColumn())
    with Progress(*columns, console=errors, transient=True) as shown:
        task = shown.add_task("", total=sum(1 for _ in places(given, results)))
        yield lambda: shown.advance(task)


def _report(results: Path, kept: Kept, counts: Counter[str], interrupted: bool, errors: Console) -> None:
    """Say what was done, name the bad files with their reasons, and leave their list in the folder."""
    report = results / FAULTS
    with suppress(OSError):
        report.unlink(missing_ok=True)
    if counts["bad"]:
        try:
            with report.open("w", encoding="utf-8", errors="surrogateescape") as file:
                file.writelines(f"{source}\t{fault}\n" for source, fault in kept.faults())
        except OSError:
            _say(errors, f"{report}: không ghi được danh sách")
        for source, fault in islice(kept.faults(), SHOWN_FAULTS):
            _say(errors, f"{source}: {fault}")
        if counts["bad"] > SHOWN_FAULTS:
            _say(errors, f"… và {wording.number(counts['bad'] - SHOWN_FAULTS)} tệp nữa")
    words = [f"đã đọc {wording.number(counts['fresh'])} tệp"]
    if counts["kept"]:
        words.append(f"giữ nguyên {wording.number(counts['kept'])} tệp đã đọc lần trước")
    if counts["bad"]:
        words.append(f"{wording.number(counts['bad'])} tệp không đọc được, xem {report}")
    line = "; ".join(words)
    _say(errors, line[0].upper() + line[1:] + ".")
    if interrupted:
        _say(errors, "Đã dừng theo yêu cầu. Chạy lại lệnh này để đọc tiếp.")


def _say(errors: Console, line: str) -> None:
    # A name of a file may hold bytes that are no letters.
    errors.print(line.encode("utf-8", "replace").decode("utf-8"), markup=False, highlight=False, soft_wrap=True)
