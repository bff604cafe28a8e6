"""Stored files."""

from django.urls import include, path

from . import views

app_name = "documents"
urlpatterns = [
    path("files/<int:pk>/", views.file, name="file"),
    path("", include("dondoc.documents.format.urls")),
]
