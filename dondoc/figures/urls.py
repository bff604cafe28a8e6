"""Addresses of figures."""

from django.urls import path

from . import views

app_name = "figures"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("figure/<int:figure>/", views.figure, name="figure"),
    path("figure/<int:figure>/correct/", views.correct, name="correct"),
    path("<int:unit>/", views.overview, name="overview"),
    path("<int:unit>/shares/", views.state_shares, name="state-shares"),
    path("<int:unit>/<slug:indicator>/", views.explain, name="explain"),
]
