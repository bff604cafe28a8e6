"""The check of a document's form."""

from django.urls import path

from . import views

urlpatterns = [path("check/", views.check_file, name="check")]
