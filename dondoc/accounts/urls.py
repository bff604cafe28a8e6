"""Posts and accounts, the record for auditors, and what belongs to one's own sign-in."""

from django.urls import path

from . import history_page, people, session_views

app_name = "accounts"
urlpatterns = [
    path("accounts/", people.people, name="people"),
    path("accounts/new/", people.new_account, name="new_account"),
    path("accounts/new/make/", people.make_account, name="make_account"),
    path("accounts/<int:pk>/", people.account, name="account"),
    path("accounts/<int:pk>/password/", people.reset_password, name="reset_password"),
    path("accounts/posts/new/", people.new_post, name="new_post"),
    path("accounts/posts/new/make/", people.make_post, name="make_post"),
    path("accounts/posts/<int:pk>/", people.post, name="post"),
    path("accounts/posts/<int:pk>/give/", people.give_post, name="give_post"),
    path("accounts/posts/<int:pk>/end/", people.end_post, name="end_post"),
    path("accounts/terms/<int:pk>/end/", people.end_term, name="end_term"),
    path("accounts/switch/", session_views.switch, name="switch"),
    path("accounts/resume/", session_views.resume, name="resume"),
    path("accounts/resume/discard/", session_views.discard, name="discard"),
    path("history/", history_page.history, name="history"),
]
