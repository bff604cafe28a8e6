"""Addresses of reorganisations."""

from django.urls import path

from .views import drafting, reading, recording

app_name = "reorganising"
urlpatterns = [
    path("", reading.listing, name="list"),
    path("decisions/<int:pk>/", reading.decision, name="decision"),
    path("decisions/<int:pk>/again/", drafting.again, name="again"),
    path("decisions/<int:pk>/revoke/", drafting.revoke, name="revoke"),
    path("drafts/new/", drafting.new, name="new"),
    path("drafts/<int:pk>/", drafting.draft, name="draft"),
    path("drafts/<int:pk>/save/", drafting.save, name="save"),
    path("drafts/<int:pk>/add/", drafting.add, name="add"),
    path("drafts/<int:pk>/drop/", drafting.drop, name="drop"),
    path("drafts/<int:pk>/try/", recording.attempt, name="try"),
    path("drafts/<int:pk>/preview/", recording.preview, name="preview"),
    path("drafts/<int:pk>/record/", recording.record, name="record"),
    path("steps/<int:step>/save/", drafting.save_step, name="save-step"),
    path("steps/<int:step>/remove/", drafting.remove, name="remove"),
    path("late/<int:late>/choose/", drafting.choose, name="choose"),
]
