"""Stories for tests that are told once and tried by many: a tree, its people, the work that they have.

    @told_once
    def place() -> Place:
        return Place()

    def test_a_chief_sees_it(place: Place) -> None: ...

is a fixture like any other, but what it writes is written once for all tests in a row that ask for it. It stands in a transaction
around the transactions of the tests: each test goes on from it, and what a test writes is taken back as always. The value is copied
for each test, so that what one does to an object is not there for the next. A test that asks for no story, or for another one, finds
nothing of this one, in whatever order they run.

A test that commits (`transaction=True`, a live server) cannot go on from such a story; it calls what makes one.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from typing import Any, TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


class Stage:
    """Holds one story at a time."""

    def __init__(self, blocker: DjangoDbBlocker) -> None:
        self._blocker = blocker
        self._transaction = ExitStack()
        self._told: tuple[Callable[[], Any], Any] | None = None

    def show(self, tell: Callable[[], T]) -> T:
        """A copy of what `tell` gives; it is called where another story stands, or none."""
        if self._told is None or self._told[0] is not tell:
            self.clear()
            with self._blocker.unblock(), ExitStack() as begun:
                begun.enter_context(transaction.atomic())
                begun.callback(transaction.set_rollback, True)
                self._told = tell, tell()
                self._transaction = begun.pop_all()
        copy: T = deepcopy(self._told[1])
        return copy

    def clear(self) -> None:
        """Take the story back."""
        self._told = None
        with self._blocker.unblock():
            self._transaction.close()


_STAGE = pytest.StashKey[Stage]()


@pytest.fixture(scope="session")
def stage(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """The process's stage."""
    made = request.config.stash[_STAGE] = Stage(django_db_blocker)
    yield made
    made.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a story may use the database."""
    for item in items:
        if "stage" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker("django_db")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """No story stands where a test asks for none."""
    if "stage" not in getattr(item, "fixturenames", ()) and _STAGE in item.config.stash:
        item.config.stash[_STAGE].clear()


def told_once(tell: Callable[[], T], *, name: str | None = None) -> Callable[[], T]:
    """A fixture that gives what `tell` tells, of the function's name unless another is given."""

    # Of the wider scope, to stand before the test's own transaction begins; where there is no class it is asked for by each test.
    @pytest.fixture(scope="class", name=name or tell.__name__)
    def story(request: pytest.FixtureRequest, stage: Stage) -> T:
        marker = request.node.get_closest_marker("django_db")
        commits = bool({"live_server", "transactional_db"} & set(request.fixturenames))
        commits = commits or bool(marker and marker.kwargs.get("transaction"))
        assert not commits, f"A test that commits cannot go on from {name or tell.__name__}"
        return stage.show(tell)

    return story
