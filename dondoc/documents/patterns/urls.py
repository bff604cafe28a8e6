"""The templates of a unit's documents."""

from django.urls import path

from . import views

urlpatterns = [
    path("templates/", views.own, name="templates"),
    path("templates/<int:unit>/", views.listed, name="templates-of"),
    path("templates/<int:unit>/<slug:code>/", views.page, name="template"),
    path("templates/<int:unit>/<slug:code>/word/", views.word, name="template-word"),
    path("templates/<int:unit>/<slug:code>/sample/", views.sample, name="template-sample"),
    path("templates/<int:unit>/<slug:code>/replace/", views.replace, name="template-replace"),
    path("templates/<int:unit>/<slug:code>/return/", views.return_to_ours, name="template-return"),
]
