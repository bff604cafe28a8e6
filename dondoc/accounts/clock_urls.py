"""The demonstration's clock: its view needs to know who acts, so it lives here; the name is the clock's."""

from django.urls import path

from . import clock_page

app_name = "clock"
urlpatterns = [path("clock/move/", clock_page.move, name="move")]
