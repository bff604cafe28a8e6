"""Addresses of working regulations."""

from django.urls import path

from . import views

app_name = "regulations"
urlpatterns = [
    path("", views.start, name="start"),
    path("<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/begin/", views.begin, name="begin"),
    path("versions/<int:pk>/", views.version, name="version"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
    path("drafts/<int:pk>/save/", views.save, name="save"),
    path("drafts/<int:pk>/add/", views.add, name="add"),
    path("drafts/<int:pk>/drop/", views.drop, name="drop"),
    path("drafts/<int:pk>/approve/", views.approve, name="approve"),
    path("parts/<int:part>/save/", views.save_part, name="save-part"),
    path("parts/<int:part>/remove/", views.remove, name="remove"),
    path("late/<int:late>/choose/", views.choose, name="choose"),
]
