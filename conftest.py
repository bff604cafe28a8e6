"""What every test of the project may use."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

pytest_plugins = ["dondoc.tests.browser"]


@pytest.fixture(autouse=True, scope="session")
def _quick_passwords() -> Iterator[None]:
    """Passwords of tests need no protection, and argon2 is slow on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
