"""Django's name for this folder."""

from django.apps import AppConfig


class Config(AppConfig):
    """The folder as an application."""

    name = "dondoc.reminders"
    label = "reminders"
