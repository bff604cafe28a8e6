"""Addresses of reminders."""

from django.urls import path

from . import views

app_name = "reminders"
urlpatterns = [
    path("reminders/", views.start, name="start"),
    path("reminders/choose/", views.choose, name="choose"),
    path("reminders/defer/", views.defer, name="defer"),
    path("reminders/take-back/", views.take_back, name="take-back"),
    path("reminders/calendar/make/", views.make_calendar, name="make-calendar"),
    path("reminders/calendar/revoke/", views.revoke_calendar, name="revoke-calendar"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
]
