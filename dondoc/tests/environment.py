"""A pytest plugin, loaded before the settings: every process of a run gets a folder of its own for data.

With `DONDOC_DATABASE` in the environment the suite runs on that database server (`make test-postgres`); else on SQLite in a file,
because a live server's threads and the `IMMEDIATE` transactions of the settings need one.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# In memory where the machine has room for it: the settings ask SQLite to wait for the disk at every commit.
_ROOM = "/dev/shm" if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 2**30 else None
FOLDER = Path(tempfile.mkdtemp(prefix="dondoc-test-", dir=_ROOM))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

(FOLDER / "static").mkdir()
os.environ["DONDOC_VAR"] = str(FOLDER)
os.environ["DONDOC_SECRET_KEY"] = "only for tests"
for _name in ("DONDOC_EMAIL_HOST", "DONDOC_ADDRESS", "DONDOC_DEBUG", "DONDOC_HTTPS", "DONDOC_HOSTS"):
    os.environ.pop(_name, None)

# CI must give the same answer twice; at a developer's desk every run tries new examples.
hypothesis_settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Name the test database's file before it is made."""
    from django.conf import settings

    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(FOLDER / "test.sqlite3")
    # A live server's thread must not keep its connection: the database could not be removed at the end.
    default["CONN_MAX_AGE"] = 0
