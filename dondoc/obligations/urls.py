"""Addresses of what units owe."""

from django.urls import path

from . import views

app_name = "obligations"
urlpatterns = [
    path("", views.start, name="start"),
    path("units/<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/", views.obligation, name="obligation"),
    path("<int:pk>/act/", views.act, name="act"),
    path("<int:pk>/declare/", views.declare, name="declare"),
    path("<int:pk>/ask/", views.ask, name="ask"),
    path("<int:pk>/answer/", views.answer, name="answer"),
    path("doubts/<int:doubt>/settle/", views.settle, name="settle"),
    path("excuses/<int:excuse>/revoke/", views.revoke, name="revoke"),
    path("declarations/<int:declaration>/withdraw/", views.withdraw, name="withdraw"),
]
