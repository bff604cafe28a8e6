"""The addresses of directives."""

from django.urls import path

from .views import assignment, listing, prepare, verbs

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
    path("<int:pk>/save/", prepare.save, name="save"),
    path("<int:pk>/choose/", prepare.choose, name="choose"),
    path("<int:pk>/remove/", prepare.remove, name="remove"),
    path("<int:pk>/", assignment.assignment, name="assignment"),
    path("<int:pk>/files/<int:file>/", assignment.file, name="file"),
    path("<int:pk>/acknowledge/", verbs.acknowledge, name="acknowledge"),
    path("<int:pk>/object/", verbs.object_to, name="object"),
    path("<int:pk>/uphold/", verbs.uphold, name="uphold"),
    path("<int:pk>/pass-down/", verbs.pass_down, name="pass-down"),
    path("<int:pk>/report-progress/", verbs.report_progress, name="report-progress"),
    path("<int:pk>/report-result/", verbs.report_result, name="report-result"),
    path("<int:pk>/on-behalf/", verbs.on_behalf, name="on-behalf"),
    path("<int:pk>/ask-extension/", verbs.ask_extension, name="ask-extension"),
    path("<int:pk>/answer-extension/", verbs.answer_extension, name="answer-extension"),
    path("<int:pk>/accept/", verbs.accept, name="accept"),
    path("<int:pk>/return/", verbs.return_result, name="return"),
    path("<int:pk>/reopen/", verbs.reopen, name="reopen"),
    path("<int:pk>/cancel/", verbs.cancel, name="cancel"),
    path("<int:pk>/chase/", verbs.chase, name="chase"),
    path("<int:pk>/hand-over/", verbs.hand_over, name="hand-over"),
    path("<int:pk>/decide/", verbs.decide, name="decide"),
]
