"""What follows when someone changes their own password."""

from typing import Any

from allauth.account.signals import password_changed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from . import services
from .actors import Actor
from .models import Account


@receiver(password_changed)
def note_own_password(request: HttpRequest, user: Account, **_: Any) -> None:
    """From now on the password is the owner's own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    services.password_changed(user, act=actor.act(timezone.now()))
