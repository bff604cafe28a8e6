"""Django's name for this folder."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class Config(AppConfig):
    """The folder as an application."""

    name = "dondoc.history"
    label = "history"

    def ready(self) -> None:
        # The row that locks a chain has to be there before two first writers could both make it.
        from .services import begin_chains

        post_migrate.connect(begin_chains, sender=self)
