"""Addresses of drafts of documents."""

from django.urls import path

from .views import drafts, pieces, returning

app_name = "drafting"
urlpatterns = [
    path("", drafts.listing, name="list"),
    path("session/<int:session>/notice/", drafts.from_session, name="from-session"),
    path("session/<int:session>/minutes/", drafts.minutes_of, name="minutes"),
    path("session/<int:session>/plan/", drafts.plan_of, name="plan"),
    path("meeting/<int:meeting>/<slug:form>/", drafts.from_meeting, name="from-meeting"),
    path("report/<int:report>/", drafts.from_report, name="from-report"),
    path("urge/", drafts.urge, name="urge"),
    path("<int:pk>/", drafts.draft, name="draft"),
    path("<int:pk>/word/", drafts.word, name="word"),
    path("<int:pk>/add/", pieces.add, name="add"),
    path("<int:pk>/row/<slug:name>/", pieces.add_row, name="add-row"),
    path("<int:pk>/bring/", returning.bring, name="bring"),
    path("<int:pk>/approve/", drafts.approve, name="approve"),
    path("<int:pk>/send_back/", drafts.send_back, name="send-back"),
    path("<int:pk>/drop/", drafts.drop, name="drop"),
    path("<int:pk>/issue/", drafts.issue, name="issue"),
    path("clause/<int:pk>/save/", pieces.save, name="save"),
    path("clause/<int:pk>/leave_out/", pieces.leave_out, name="leave-out"),
    path("clause/<int:pk>/move/", pieces.move, name="move"),
    path("late/<int:pk>/choose/", pieces.choose, name="choose"),
    path("difference/<int:pk>/settle/", returning.settle, name="settle"),
]
