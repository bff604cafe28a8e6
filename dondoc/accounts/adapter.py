"""How sign-in behaves in an office: accounts are made by the administrator, nobody registers."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Registration is closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
