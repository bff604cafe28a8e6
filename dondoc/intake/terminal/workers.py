"""A few processes that read one file each, and of which any may die or hang without the rest being lost."""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Generic, TypeVar

LONGEST_SECONDS = 120.0
"""For one file. Reading takes milliseconds; whoever needs minutes is lost in a file that is none."""

_ENDING_SECONDS = 5.0
_LOOK_SECONDS = 0.2
_TRIES = 2

Task = TypeVar("Task")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Lost:
    """Instead of an answer: the process died over this task more than once, or (`late`) did not come back."""

    late: bool = False


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    since: float = 0.0
    tries: int = 0


def _serve(pipe: Connection, work: Callable[[Task], Answer]) -> None:
    """One process: says that it is there, then answers tasks until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            pipe.send(work(pipe.recv()))


class Workers(Generic[Task, Answer]):
    """Processes that share the tasks of one run. `work` is a function of a module: it is called in another process, and never gives None."""

    def __init__(self, count: int, work: Callable[[Task], Answer]) -> None:
        self.count = count
        self.work = work
        # A fresh interpreter for each: nothing of this process (database, threads, terminal) is shared with it.
        self.context = multiprocessing.get_context("spawn")
        self.workers: list[_Worker[Task]] = []

    def run(self, tasks: Iterator[Task], stopped: Callable[[], bool]) -> Iterator[tuple[Task, Answer | Lost]]:
        """Every task with its answer, in the order in which they are done; no more tasks are taken than there are processes.

        A task whose process dies is tried once more: it may have been the victim of its neighbours' hunger. Once `stopped` says so, no
        task is begun, and those begun have a few seconds to end.
        """
        again: deque[tuple[Task, int]] = deque()
        source = iter(tasks)
        last_moment = 0.0
        try:
            while True:
                if stopped():
                    last_moment = last_moment or monotonic() + _ENDING_SECONDS
                    if monotonic() > last_moment:
                        return
                else:
                    self._hand_out(source, again)
                busy = [worker for worker in self.workers if worker.task is not None]
                if not busy:
                    return
                wait([worker.pipe for worker in busy], timeout=_LOOK_SECONDS)
                for worker in busy:
                    task = worker.task
                    assert task is not None
                    answer = self._answer_of(worker)
                    if answer is None:
                        continue
                    if isinstance(answer, Lost) and not answer.late and worker.tries < _TRIES:
                        again.append((task, worker.tries))
                        continue
                    yield task, answer
        finally:
            self._end()

    def _hand_out(self, source: Iterator[Task], again: deque[tuple[Task, int]]) -> None:
        idle = [worker for worker in self.workers if worker.task is None]
        while idle or len(self.workers) < self.count:
            if again:
                task, tries = again.popleft()
            else:
                fresh = next(source, None)
                if fresh is None:
                    return
                task, tries = fresh, 0
            worker = idle.pop() if idle else self._start()
            worker.task, worker.tries, worker.since = task, tries + 1, monotonic()
            # One that died while it waited is found dead when it is asked for its answer.
            with suppress(OSError):
                worker.pipe.send(task)

    def _start(self) -> _Worker[Task]:
        here, there = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(there, self.work), daemon=True)
        # Ctrl-C reaches every process of the terminal; theirs is to end their file, also while they are still starting.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            process.start()
        finally:
            signal.signal(signal.SIGINT, before)
        there.close()
        worker: _Worker[Task] = _Worker(process, here)
        self.workers.append(worker)
        return worker

    def _answer_of(self, worker: _Worker[Task]) -> Answer | Lost | None:
        """What the worker has to say by now; a dead or late one is buried."""
        try:
            if worker.pipe.poll():
                answer: Answer | None = worker.pipe.recv()
                if answer is None:
                    # A busy machine may take its time to start a process; that is no fault of the file.
                    worker.since = monotonic()
                    return None
                worker.task = None
                return answer
        except (EOFError, OSError):
            self._bury(worker)
            return Lost()
        if monotonic() - worker.since > LONGEST_SECONDS:
            self._bury(worker)
            return Lost(late=True)
        return None

    def _bury(self, worker: _Worker[Task]) -> None:
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()

    def _end(self) -> None:
        for worker in self.workers:
            worker.pipe.close()
        for worker in list(self.workers):
            if worker.task is None:
                worker.process.join(1.0)
            self._bury(worker)
