"""Signing in and what belongs to it: of allauth's pages only those that an office needs, under their own names."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("", views.login, name="account_login"),
    path("out/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    path("two-step/", include("allauth.mfa.urls")),
]
