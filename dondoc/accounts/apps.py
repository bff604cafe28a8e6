"""Django's name for this folder."""

from importlib import import_module

from django.apps import AppConfig


class Config(AppConfig):
    """The folder as an application."""

    name = "dondoc.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("dondoc.accounts.signals")
