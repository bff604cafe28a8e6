"""The addresses: the first segment is the folder's name."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("allauth.urls")),
]
