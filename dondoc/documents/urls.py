"""The registers of documents and stored files."""

from django.urls import include, path

from .views import files, incoming, out

app_name = "documents"
urlpatterns = [
    path("", include("dondoc.documents.format.urls")),
    path("", out.register, name="out"),
    path("new/", out.new, name="new"),
    path("give/", out.give, name="give"),
    path("reserve/", out.reserve, name="reserve"),
    path("reserved/<int:reservation>/give-up/", out.give_up, name="give-up"),
    path("explain/", out.explain, name="explain"),
    path("<int:document>/", out.page, name="document"),
    path("<int:document>/scan/", out.scan, name="scan"),
    path("in/", incoming.register, name="in"),
    path("in/new/", incoming.new, name="new-in"),
    path("in/enter/", incoming.enter, name="enter"),
    path("in/<int:incoming>/", incoming.page, name="incoming"),
    path("in/<int:incoming>/handle/", incoming.handle, name="handle"),
    path("in/<int:incoming>/finish/", incoming.finish, name="finish"),
    path("in/<int:incoming>/attach/", incoming.attach, name="attach"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/look/", files.look, name="look"),
    path("files/<int:pk>/page/<int:number>/", files.picture, name="picture"),
    path("", include("dondoc.documents.patterns.urls")),
]
