"""Addresses of meetings."""

from django.urls import path

from .views import directing, holding, planning

app_name = "meetings"
urlpatterns = [
    path("", planning.start, name="start"),
    path("units/<int:pk>/", planning.unit, name="unit"),
    path("units/<int:pk>/preview/", planning.preview, name="preview"),
    path("units/<int:pk>/plan/", planning.plan, name="plan"),
    path("units/<int:pk>/roll/", planning.roll, name="roll"),
    path("units/<int:pk>/roll/keep/", planning.keep_roll, name="keep-roll"),
    path("units/<int:pk>/charge/", planning.charge, name="charge"),
    path("<int:meeting>/", holding.page, name="meeting"),
    path("<int:meeting>/move/", holding.move, name="move"),
    path("<int:meeting>/cancel/", holding.cancel, name="cancel"),
    path("<int:meeting>/invite/", holding.invite, name="invite"),
    path("<int:meeting>/begin/", holding.begin, name="begin"),
    path("<int:meeting>/attend/", holding.attend, name="attend"),
    path("<int:meeting>/write/", holding.write, name="write"),
    path("<int:meeting>/task/", holding.give_task, name="task"),
    path("<int:meeting>/direct/", directing.new, name="direct"),
    path("<int:meeting>/direct/enter/", directing.enter, name="enter-directive"),
    path("<int:meeting>/told/", holding.tell_task, name="told"),
    path("<int:meeting>/adopt/", holding.adopt, name="adopt"),
    path("<int:meeting>/conclude/", holding.conclude, name="conclude"),
    path("late/<int:late>/choose/", holding.choose, name="choose"),
]
