"""Addresses of targets."""

from django.urls import path

from .views import allotting, planning, reading, settling

app_name = "targets"
urlpatterns = [
    path("", reading.start, name="start"),
    path("<int:pk>/", reading.unit, name="unit"),
    path("<int:pk>/paper/", reading.paper, name="paper"),
    path("<int:pk>/versions/", reading.versions, name="versions"),
    path("<int:pk>/sheet/", allotting.sheet, name="sheet"),
    path("<int:pk>/save-draft/", allotting.save_draft, name="save-draft"),
    path("<int:pk>/assign/", allotting.assign, name="assign"),
    path("<int:pk>/plan/", planning.plan, name="plan"),
    path("<int:pk>/set-plan/", planning.set_plan, name="set-plan"),
    path("<int:pk>/remainders/", settling.remainders, name="remainders"),
    path("remainders/<int:remainder>/settle/", settling.settle, name="settle"),
]
