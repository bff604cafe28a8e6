"""Addresses of reorganisations."""

from django.urls import path

from .views import reading

app_name = "reorganising"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("decisions/<int:pk>/", reading.decision, name="decision"),
]
