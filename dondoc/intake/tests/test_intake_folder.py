"""`dondoc intake FOLDER --out DIR`: thousands of files, several processes, nothing lost and nothing done twice."""

import itertools
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from dondoc.intake.extract.files import LARGEST
from dondoc.intake.terminal import folder
from dondoc.intake.terminal.command import main
from dondoc.intake.terminal.folder import FAULTS, read_one
from dondoc.intake.terminal.kept import NAME, Kept
from dondoc.intake.terminal.places import places
from dondoc.intake.terminal.workers import Lost, Workers
from dondoc.intake.tests import held

ROOT = Path(__file__).resolve().parents[3]


def text(members: int) -> str:
    return f"Theo Đảng ủy, Đảng bộ xã Tân An có {members} đảng viên."


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def members(out: Path) -> dict[str, int]:
    """The only figure of each record, by its path."""
    return {
        str(path.relative_to(out)): json.loads(path.read_text(encoding="utf-8"))["facts"][0]["value"]
        for path in sorted(out.rglob("*.json"))
    }


def stamps(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in out.rglob("*.json")}


MIXED: dict[str, str | bytes] = {
    "good.txt": text(78),
    "2022/good.txt": text(79),
    "2022/quý I/good.txt": text(80),
    "binary.txt": b"\x7fELF\x00\xff\xfe\x01",
    "2022/empty.txt": b"",
    "broken.json": b"{",
    "huge.txt": b" " * (LARGEST + 1),
}


@pytest.mark.parametrize("workers", ["1", "2"])
def test_bad_files_are_named_with_their_reasons_and_stop_nothing(
    workers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, out = put(tmp_path / "texts", MIXED), tmp_path / "out"
    assert main([str(texts), "--out", str(out), "--workers", workers]) == 1
    assert members(out) == {"good.json": 78, "2022/good.json": 79, "2022/quý I/good.json": 80}
    told = capsys.readouterr().err
    report = (out / FAULTS).read_text(encoding="utf-8")
    for name, why in {
        "binary.txt": "không phải văn bản",
        "2022/empty.txt": "không có nội dung",
        "broken.json": "JSON viết sai",
        "huge.txt": "lớn hơn",
    }.items():
        assert f"{texts / name}: " in told
        (line,) = (line for line in report.splitlines() if line.startswith(f"{texts / name}\t"))
        assert why in line
    assert report.splitlines() == sorted(report.splitlines())
    assert "Đã đọc 3 tệp; 4 tệp không đọc được" in told
    assert "\x1b" not in told


def test_several_processes_write_what_one_writes(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {f"{n % 5}/{n % 7}.{n}.txt": text(50 + n) for n in range(40)})
    outs = [tmp_path / "one", tmp_path / "three"]
    for out, workers in zip(outs, ["1", "3"], strict=True):
        assert main([str(texts), "--out", str(out), "--workers", workers]) == 0
    first, second = ({path.relative_to(out): path.read_bytes() for path in out.rglob("*.json")} for out in outs)
    assert first == second
    assert len(first) == 40


def test_a_second_run_reads_only_what_is_new_changed_or_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, out = put(tmp_path / "texts", {f"{n}.txt": text(70 + n) for n in range(5)}), tmp_path / "out"
    command = [str(texts), "--out", str(out), "--workers", "1"]
    main(command)
    for path in out.glob("*.json"):
        os.utime(path, ns=(1, 1))
    put(texts, {"1.txt": text(90), "5.txt": text(91)})
    (out / "2.json").unlink()
    capsys.readouterr()
    assert main(command) == 0
    assert {name for name, stamp in stamps(out).items() if stamp == 1} == {"0.json", "3.json", "4.json"}
    assert members(out) == {"0.json": 70, "1.json": 90, "2.json": 72, "3.json": 73, "4.json": 74, "5.json": 91}
    assert "Đã đọc 3 tệp; giữ nguyên 3 tệp đã đọc lần trước" in capsys.readouterr().err


def test_another_version_of_the_reader_reads_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts, out = put(tmp_path / "texts", {"a.txt": text(78)}), tmp_path / "out"
    main([str(texts), "--out", str(out)])
    os.utime(out / "a.json", ns=(1, 1))
    monkeypatch.setattr(folder, "reader_version", lambda: "another")
    main([str(texts), "--out", str(out)])
    assert stamps(out)["a.json"] != 1


def test_the_version_of_the_reader_follows_its_content(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = folder.reader_version()
    assert before == folder.reader_version.__wrapped__()
    put(tmp_path, {"words.yaml": "cells: [chi bộ]"})
    monkeypatch.setattr(folder, "CONTENT", tmp_path)
    assert folder.reader_version.__wrapped__() != before


def test_a_text_that_became_bad_leaves_no_record_of_the_older_one(tmp_path: Path) -> None:
    texts, out = put(tmp_path / "texts", {"a.txt": text(78)}), tmp_path / "out"
    assert main([str(texts), "--out", str(out)]) == 0
    put(texts, {"a.txt": b""})
    assert main([str(texts), "--out", str(out)]) == 1
    assert not (out / "a.json").exists()
    assert "a.txt" in (out / FAULTS).read_text(encoding="utf-8")
    # What was bad then is bad now, and is told again without being read again.
    assert main([str(texts), "--out", str(out)]) == 1
    put(texts, {"a.txt": text(79)})
    assert main([str(texts), "--out", str(out)]) == 0
    assert not (out / FAULTS).exists()


def test_a_text_with_a_mark_of_secrecy_leaves_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = put(tmp_path / "texts", {"a.txt": "HUYỆN ỦY PHÚ MỸ\nTỐI MẬT\n\nĐảng bộ huyện Phú Mỹ có 42 tổ chức."})
    assert main([str(texts), "--out", str(tmp_path / "out")]) == 1
    assert list((tmp_path / "out").glob("*.json")) == []
    assert "dấu mật (Tối mật)" in capsys.readouterr().err


def test_a_state_that_cannot_be_read_only_costs_a_reading(tmp_path: Path) -> None:
    texts, out = put(tmp_path / "texts", {"a.txt": text(78)}), tmp_path / "out"
    put(out, {NAME: b"no database at all, but longer than the head of one " * 40})
    assert main([str(texts), "--out", str(out)]) == 0
    assert members(out) == {"a.json": 78}


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts, out = put(tmp_path / "texts", {"a.txt": text(78)}), put(tmp_path / "out", {})
    out.mkdir()
    other = Kept(out, "v")
    assert main([str(texts), "--out", str(out)]) == 1
    assert "một lượt đọc khác" in capsys.readouterr().err
    other.close()
    assert main([str(texts), "--out", str(out)]) == 0


# The name of a file and, below, the name of its record.
NAMES = [
    ({"a.txt": "a.json"}, "one"),
    ({"a.txt": "a.txt.json", "a.json": "a.json.json"}, "two of one folder"),
    ({"a.txt": "a.json", "x/a.txt": "x/a.json", "x/y/a.txt": "x/y/a.json"}, "three folders"),
    ({"a.txt": "a.txt.json", "a.docx": "a.docx.json", "a.txt.txt": "a.txt.txt.json"}, "a name inside a name"),
    ({"a.txt": "a.txt.json", "A.md": "A.md.json"}, "letters that some disks do not tell apart"),
    ({"a.txt": "a.txt.json", "a.json/b.txt": "a.json/b.json"}, "a folder that is called like a record"),
]


@pytest.mark.parametrize("names", [names for names, _ in NAMES], ids=[title for _, title in NAMES])
def test_no_two_files_share_a_record(names: dict[str, str], tmp_path: Path) -> None:
    put(tmp_path, dict.fromkeys(names, "x"))
    made = {str(one.source.relative_to(tmp_path)): one.output for one in places([tmp_path], None)}
    assert made == names


def test_what_is_given_by_name_is_told_apart_in_any_order(tmp_path: Path) -> None:
    put(tmp_path, {"x/a.txt": "1", "y/a.txt": "2", "y/b.txt": "3", "p/in/c.txt": "4", "q/in/c.txt": "5"})
    given = [tmp_path / name for name in ("x/a.txt", "y/a.txt", "y/b.txt", "p/in", "q/in")]
    wanted = {"x/a.txt.json", "y/a.txt.json", "b.json", "p/in/c.json", "q/in/c.json"}
    for _ in range(5):
        random.Random(_).shuffle(given)
        assert {one.output for one in places(given, None)} == wanted


def test_the_folder_of_results_may_lie_inside_and_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": text(78), "~$a.docx": "x", ".git/x": "x"})
    command = [str(tmp_path), "--out", str(tmp_path / "out")]
    assert main(command) == 0
    assert main(command) == 0
    assert members(tmp_path / "out") == {"a.json": 78}


def test_a_folder_that_may_not_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = put(tmp_path / "texts", {"a.txt": text(78), "closed/b.txt": text(79)})
    scan = os.scandir

    def refused(path: Path) -> Any:
        if path == texts / "closed":
            raise PermissionError
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert main([str(texts), "--out", str(tmp_path / "out")]) == 1
    assert "không mở được thư mục" in capsys.readouterr().err


def test_results_that_cannot_be_written_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = put(tmp_path / "texts", {"a.txt": text(78), "b.txt": text(79)})
    put(tmp_path / "out", {"a.json/in the way": "x"})
    assert main([str(texts), "--out", str(tmp_path / "out")]) == 1
    assert "không ghi được" in capsys.readouterr().err
    assert json.loads((tmp_path / "out" / "b.json").read_text(encoding="utf-8"))["facts"]
    assert main([str(texts), "--out", str(texts / "a.txt")]) == 1
    assert "không tạo được thư mục kết quả" in capsys.readouterr().err


def test_an_error_of_the_reader_itself_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(path: Path) -> str:
        if path.name == "bad.txt":
            raise RecursionError
        if path.name == "hungry.txt":
            raise MemoryError
        return text(78)

    monkeypatch.setattr(folder, "text_of", fails)
    texts, out = put(tmp_path / "texts", {"bad.txt": "x", "good.txt": "x", "hungry.txt": "x"}), tmp_path / "out"
    assert main([str(texts), "--out", str(out), "--workers", "1"]) == 1
    assert members(out) == {"good.json": 78}
    told = capsys.readouterr().err
    assert "lỗi của chương trình đọc (RecursionError)" in told
    assert "không đủ bộ nhớ" in told


# Called in processes of their own, so they must be functions of a module.
def _dies_over_odd_ones(task: int) -> int:
    if task % 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return task * 10


def _dies_once(task: tuple[Path, int]) -> int:
    mark = task[0] / f"{task[1]}.seen"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    return task[1]


def _hangs_over_three(task: int) -> int:
    while task == 3:
        signal.pause()
    return task


def test_a_process_that_dies_over_a_file_costs_that_file_alone() -> None:
    answers = dict(Workers(2, _dies_over_odd_ones).run(iter(range(4)), lambda: False))
    assert answers == {0: 0, 1: Lost(), 2: 20, 3: Lost()}


def test_a_file_whose_process_died_by_chance_is_read_after_all(tmp_path: Path) -> None:
    tasks = [(tmp_path, number) for number in range(3)]
    answers = Workers(2, _dies_once).run(iter(tasks), lambda: False)
    assert sorted(number for _, number in answers if isinstance(number, int)) == [0, 1, 2]


def test_a_file_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: dict[int, int | Lost] = {}
    looks = itertools.count()
    # The clock stands still until the other files are done, however long that takes here; from then on each look at it is a day later.
    monkeypatch.setattr(f"{Workers.__module__}.monotonic", lambda: 86_400.0 * next(looks) if len(answers) == 4 else 0.0)
    for task, answer in Workers(2, _hangs_over_three).run(iter(range(5)), lambda: False):
        answers[task] = answer
    assert answers == {0: 0, 1: 1, 2: 2, 3: Lost(late=True), 4: 4}


def test_no_more_tasks_are_taken_than_there_are_processes() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(0, 20, 2):
            taken.append(number)
            yield number

    for done, _ in enumerate(Workers(2, _dies_over_odd_ones).run(tasks(), lambda: False), 1):
        assert len(taken) <= done + 2


def _peak(texts: Path, out: Path) -> int:
    tracemalloc.start()
    folder.run([texts], out, workers=1, errors=Console(stderr=True))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    # A process of its own: in that of the tests, what other tests left running or uncollected would be counted too.
    with multiprocessing.get_context("spawn").Pool(1) as alone:

        def use(files: int) -> int:
            texts = put(tmp_path / f"texts{files}", {f"{n % 20}/{n}.txt": text(50 + n % 50) for n in range(files)})
            return alone.apply(_peak, (texts, tmp_path / f"out{files}"))

        use(20)
        few, many = use(60), use(480)
    assert many < few + 200_000, (few, many)


def command(texts: Path, out: Path, workers: int, *program: str) -> subprocess.Popen[str]:
    words = [*(program or ("-m", "dondoc.command", "intake")), str(texts), "--out", str(out), "--workers", str(workers)]
    return subprocess.Popen(
        [sys.executable, *words],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def wait_for(running: subprocess.Popen[str], out: Path, records: int) -> None:
    """Until so many records are there, a run that has begun and is not at its end; or until it has ended by itself."""
    while sum(1 for _ in out.rglob("*.json")) < records and running.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            running.wait(0.01)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_ends_cleanly_and_goes_on_next_time(workers: int, tmp_path: Path) -> None:
    free, later = [f"{n}.txt" for n in range(10, 15)], [f"later{n}.txt" for n in range(20)]
    names = [*free, *(f"held{n}.txt" for n in range(workers)), *later]
    texts = put(tmp_path / "texts", {name: text(n) for n, name in enumerate(names, 10)})
    out = tmp_path / "out"
    held.pipe(tmp_path)
    running = command(texts, out, workers, *held.PROGRAM)
    wait_for(running, out, len(free))
    running.send_signal(signal.SIGINT)
    with held.released(tmp_path):
        _, told = running.communicate(timeout=30)
    assert running.returncode == 130, told
    assert "Đã dừng theo yêu cầu" in told
    assert "Traceback" not in told
    first = stamps(out)
    assert len(free) <= len(first) <= len(free) + workers
    assert list(out.rglob(".*.part")) == []
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in out.rglob("*.json"))
    running = command(texts, out, workers)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 0, told
    second = stamps(out)
    assert len(second) == len(names)
    # What stood whole is not read again; at most what was in hand when the run ended.
    assert sum(second[name] != stamp for name, stamp in first.items()) <= workers


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_next_time(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {f"{n}.txt": text(n) * 20 for n in range(10, 310)})
    out = tmp_path / "out"
    running = command(texts, out, 2)
    wait_for(running, out, 5)
    running.kill()
    running.communicate(timeout=30)
    running = command(texts, out, 2)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 0, told
    assert len(stamps(out)) == 300


def test_read_one_answers_for_a_pipe_instead_of_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = read_one(folder.Job(tmp_path / "pipe", tmp_path / "out.json", "out.json", None))
    assert done.made.fault == "không phải tệp thường"


def test_a_name_that_holds_bytes_which_are_no_letters_stops_nothing(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {"good.txt": text(78)})
    for name, content in ((b"good\xff.txt", text(79)), (b"bad\xfe.txt", "")):
        try:
            Path(os.fsdecode(os.fsencode(texts) + b"/" + name)).write_text(content, encoding="utf-8")
        except OSError:
            pytest.skip("names of files are letters here")
    for _ in range(2):
        assert folder.run([texts], tmp_path / "out", workers=1, errors=Console(quiet=True)) == 1
        assert sorted(members(tmp_path / "out").values()) == [78, 79]
        assert (tmp_path / "out" / FAULTS).read_bytes().startswith(os.fsencode(texts) + b"/bad\xfe.txt\t")


def test_a_bar_is_shown_where_somebody_watches(tmp_path: Path) -> None:
    texts = put(tmp_path / "texts", {"a.txt": text(78)})
    watched = Console(stderr=True, force_terminal=True, record=True, width=100)
    assert folder.run([texts], tmp_path / "out", workers=1, errors=watched) == 0
    assert "Đang đọc" in watched.export_text()


@pytest.mark.parametrize("words", [["0"], ["-1"], ["hai"], ["1000"]])
def test_a_number_of_processes_that_cannot_be_is_told(
    words: Sequence[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(tmp_path), "--out", str(tmp_path / "out"), f"--workers={words[0]}"])
    assert ended.value.code == 2
    assert "số tiến trình" in capsys.readouterr().err
