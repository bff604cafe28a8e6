"""The addresses: the first segment is the folder's name."""

from django.urls import include, path

urlpatterns = [
    path("", include("dondoc.overview.urls")),
    path("sign-in/", include("dondoc.accounts.sign_in_urls")),
    path("", include("dondoc.accounts.urls")),
    path("", include("dondoc.accounts.clock_urls")),
    path("directives/", include("dondoc.directives.urls")),
    path("documents/", include("dondoc.documents.urls")),
    path("drafting/", include("dondoc.drafting.urls")),
    path("figures/", include("dondoc.figures.urls")),
    path("intake/", include("dondoc.intake.urls")),
    path("meetings/", include("dondoc.meetings.urls")),
    path("obligations/", include("dondoc.obligations.urls")),
    path("regulations/", include("dondoc.regulations.urls")),
    path("", include("dondoc.reminders.urls")),
    path("reports/", include("dondoc.reports.urls")),
    path("targets/", include("dondoc.targets.urls")),
    path("reorganising/", include("dondoc.reorganising.urls")),
    path("working_sessions/", include("dondoc.working_sessions.urls")),
]
