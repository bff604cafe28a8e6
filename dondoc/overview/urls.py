"""Addresses of the cross-cutting pages."""

from django.urls import path

from . import home, leader, papers, search, tree, units

app_name = "overview"
urlpatterns = [
    path("", home.home, name="home"),
    path("organisations/", tree.tree, name="tree"),
    path("overview/leader/", leader.leader, name="leader"),
    path("overview/leader/paper/", papers.leader, name="leader-paper"),
    path("overview/search/", search.search, name="search"),
    path("overview/units/<int:pk>/", units.unit, name="unit"),
    path("overview/units/<int:pk>/paper/", papers.unit, name="unit-paper"),
]
