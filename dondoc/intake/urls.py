"""Addresses of intake."""

from django.urls import path

from . import views
from .from_document import from_document

app_name = "intake"
urlpatterns = [
    path("", views.desk, name="list"),
    path("receive/", views.receive, name="receive"),
    path("from-document/<int:incoming>/", from_document, name="from-document"),
    path("draft/<int:pk>/", views.draft, name="draft"),
    path("draft/<int:pk>/add/", views.add, name="add"),
    path("draft/<int:pk>/step_back/", views.step_back, name="step_back"),
    path("draft/<int:pk>/confirm/", views.confirm, name="confirm"),
    path("draft/<int:pk>/discard/", views.discard, name="discard"),
    path("draft/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("value/<int:pk>/save/", views.save, name="save"),
    path("value/<int:pk>/drop/", views.drop, name="drop"),
    path("value/<int:pk>/undo/", views.undo, name="undo"),
    path("value/<int:pk>/accept/", views.accept, name="accept"),
    path("value/<int:pk>/settle/", views.settle, name="settle"),
    path("value/<int:pk>/new/", views.mark_new, name="mark_new"),
    path("late/<int:pk>/choose/", views.choose_late, name="choose_late"),
]
