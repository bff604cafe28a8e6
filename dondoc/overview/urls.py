"""Addresses of the cross-cutting pages."""

from django.urls import path

from . import home, leader, papers, search, tree, units
from .week import pages as week

app_name = "overview"
urlpatterns = [
    path("", home.home, name="home"),
    path("organisations/", tree.tree, name="tree"),
    path("overview/leader/", leader.leader, name="leader"),
    path("overview/leader/paper/", papers.leader, name="leader-paper"),
    path("overview/week/", week.week, name="week"),
    path("overview/week/paper/", week.paper, name="week-paper"),
    path("overview/search/", search.search, name="search"),
    path("overview/units/<int:pk>/", units.unit, name="unit"),
    path("overview/units/<int:pk>/paper/", papers.unit, name="unit-paper"),
]
