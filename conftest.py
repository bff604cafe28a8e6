"""What every test of the project may use."""

from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import override_settings

pytest_plugins = ["dondoc.tests.browser", "dondoc.tests.told_once"]


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Passwords of tests need no protection, and argon2 is slow on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _nothing_after_emptying(django_db_setup: None) -> None:
    """Rights stand in the content; Django's own permissions need not be written again each time a test's database is emptied."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(autouse=True)
def _plans_of_its_own(request: pytest.FixtureRequest) -> None:
    """PostgreSQL plans the roll-up's texts once for a connection (`figures/asking.py`): in life it plans anew when tables have grown and were counted.

    Nothing is counted while tests run, so a plan made for the empty tables of one test would be kept for the full ones of another.
    """
    if connection.vendor == "postgresql" and "django_db" in request.keywords and connection.connection is not None:
        request.getfixturevalue("db" if "transactional_db" not in request.fixturenames else "transactional_db")
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")


# Whole files go to one worker: the long ones start first, so that the workers end together.
LONG = (
    "test_journey",
    "browser",
    "web/tests/test_pages",
    "test_demonstration",
    "test_days_gone_by",
    "test_intake_folder",
    "test_rights_table",
    "test_three_ways",
    "test_bad_input_pages",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files by how long they run, else as they are."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONG) if name in item.nodeid), len(LONG)))
