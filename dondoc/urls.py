"""The addresses: the first segment is the folder's name."""

from django.urls import include, path

urlpatterns = [
    path("sign-in/", include("dondoc.accounts.sign_in_urls")),
    path("", include("dondoc.accounts.urls")),
    path("", include("dondoc.accounts.clock_urls")),
]
