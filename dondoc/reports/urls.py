"""The addresses of reports."""

from django.urls import path

from .views import asking, collecting, difficulties, ending, excel, filling, listing, sent

app_name = "reports"
urlpatterns = [
    path("", listing.mine, name="list"),
    path("collect/", collecting.collect, name="collect"),
    path("urge/", collecting.urge, name="urge"),
    path("accept/", sent.accept_many, name="accept-many"),
    path("new/", asking.new, name="new"),
    path("ask/", asking.ask, name="ask"),
    path("difficulties/", difficulties.difficulties, name="difficulties"),
    path("difficulties/<int:difficulty>/answer/", difficulties.answer, name="answer"),
    path("difficulties/<int:difficulty>/pass-up/", difficulties.pass_up, name="pass-up"),
    path("late/<int:late>/choose/", filling.choose, name="choose"),
    path("<int:pk>/", filling.report, name="report"),
    path("<int:pk>/excel/", excel.bring, name="excel"),
    path("<int:pk>/excel/sheet/", excel.sheet, name="sheet"),
    path("<int:pk>/paper/", excel.paper, name="paper"),
    path("<int:pk>/save/", filling.save, name="save"),
    path("<int:pk>/zeros/", filling.zeros, name="zeros"),
    path("<int:pk>/submit/", filling.submit, name="submit"),
    path("<int:pk>/accept/", sent.accept, name="accept"),
    path("<int:pk>/return/", sent.send_back, name="return"),
    path("<int:pk>/correct/", sent.correct, name="correct"),
    path("<int:pk>/let-go/", ending.let_go, name="let-go"),
    path("<int:pk>/pass-on/", ending.pass_on, name="pass-on"),
    path("<int:pk>/sent/<int:number>/", sent.sent, name="sent"),
]
