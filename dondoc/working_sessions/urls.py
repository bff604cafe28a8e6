"""Addresses of working sessions."""

from django.urls import path

from . import views

app_name = "working_sessions"
urlpatterns = [
    path("", views.sessions, name="list"),
    path("<int:pk>/", views.page, name="page"),
]
