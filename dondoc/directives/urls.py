"""The addresses of directives."""

from django.urls import path

from .views import assignment, from_document, listing, prepare, verbs
from .views.assignment import VERBS

app_name = "directives"
urlpatterns = [
    path("", listing.listing, name="list"),
    path("acknowledge/", listing.acknowledge_many, name="acknowledge-many"),
    path("approve/", listing.approve, name="approve"),
    path("send-back/", listing.send_back, name="send-back"),
    path("issue/", listing.issue, name="issue"),
    path("prepare/<slug:kind>/<int:key>/", prepare.prepare, name="prepare"),
    path("prepare/confirm/", prepare.confirm, name="confirm-defaults"),
    path("prepare/fill/", prepare.fill, name="fill"),
    path("prepare/<int:directive>/add/", prepare.add_receiver, name="add-receiver"),
    path("from-document/<int:incoming>/", from_document.new, name="from-document"),
    path("from-document/<int:incoming>/enter/", from_document.enter, name="enter-from-document"),
    path("<int:pk>/save/", prepare.save, name="save"),
    path("<int:pk>/choose/", prepare.choose, name="choose"),
    path("<int:pk>/remove/", prepare.remove, name="remove"),
    path("<int:pk>/", assignment.assignment, name="assignment"),
    path("<int:pk>/files/<int:file>/", assignment.file, name="file"),
    path("<int:pk>/acknowledge/", verbs.acknowledge, name="acknowledge"),
    *(path(f"<int:pk>/{VERBS[verb].url}/", verbs.view(verb), name=VERBS[verb].url) for verb in verbs.ACTS),
]
