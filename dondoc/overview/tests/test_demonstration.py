"""The demonstration: it builds, holds what it promises, and every page of it opens for everyone."""

import re
from datetime import date

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives.models import Assignment, Extension, Finding, Step
from dondoc.figures.models import Figure
from dondoc.figures.rollup import roll_up
from dondoc.history.queries import verify
from dondoc.organisations.models import Unit
from dondoc.organisations.queries import below, labels
from dondoc.overview.demonstration.build import FIRST_DAY, NotEmpty, build
from dondoc.overview.management.commands.simulate import CONTENT as SIMULATION
from dondoc.overview.simulation.live import Simulation
from dondoc.reports.models import Report
from dondoc.working_sessions.models import WorkingSession

PEOPLE = (
    "pho-bi-thu-tinh-uy",
    "bi-thu-huyen-uy-cam-lam",
    "van-phong-dang-uy-xa-son-tan",
    "bi-thu-dang-uy-xa-mau-thinh",
    "chu-tich-uy-ban-mat-tran-to-quoc-viet-nam-xa-mau-an",
    "quan-tri-he-thong",
    "kiem-soat-he-thong",
)
LINK = re.compile(r'href="(/[^"#?]*)')
NOT_PAGES = ("/static/", "/sign-in/", "/media/")


@pytest.mark.slow
@pytest.mark.django_db
def test_the_demonstration_holds_what_it_promises_and_all_its_pages_open(client: Client) -> None:
    build()
    assert DemonstrationDay.objects.get().day == FIRST_DAY
    with pytest.raises(NotEmpty):
        build()
    _holds_the_story()
    _has_a_past()
    _reports_as_units_do()
    assert list(verify()) == []
    for name in PEOPLE:
        _opens_everything(Client(), Account.objects.get(username=name))


def _unit(code: str) -> int:
    return Unit.objects.values_list("pk", flat=True).get(code=code)


def _holds_the_story() -> None:
    """The district's 14 communes, the three of the article with their cells; July 2025 is known; the article itself is not read yet."""
    district = _unit("huyen-cam-lam")
    before, after = date(2023, 4, 28), date(2025, 7, 1)
    names = labels(below([district], before).values_list("pk", flat=True), before)
    communes = [one for one in names.values() if one.kind == "commune_grassroots"]
    assert len(communes) == 14
    cells = {
        code: sum(one.code.startswith(code) and one.kind == "cell" for one in names.values())
        for code in ("xa-son-tan", "xa-cam-thanh-bac", "xa-cam-hai-tay")
    }
    assert cells == {"xa-son-tan": 5, "xa-cam-thanh-bac": 14, "xa-cam-hai-tay": 7}
    assert not Unit.objects.on(after).filter(code__in=["huyen-cam-lam", "huyen-mau", "xa-son-tan"]).exists()
    assert Unit.objects.on(after).filter(code__in=["xa-cam-hiep", "xa-mau-dong"]).count() == 2
    assert not Figure.objects.filter(unit__in=below([district], before)).exists()


def _reports_as_units_do() -> None:
    """Two months of the simulation, with the merger in the middle of the second: what was told adds up, and Sơn Tân owes nothing old."""
    simulation = Simulation(SIMULATION)
    simulation.content |= {"first_month": "2021-07", "months": 2}
    assert [month.month for month in simulation.live()] == [7, 8]
    district = simulation.district.pk
    told = roll_up([district], ["members", "admissions"], "2021-08")
    assert 0 < told[district, "members"].reported <= told[district, "members"].expected
    parts = Report.objects.filter(unit__code="xa-mau-tan", period="2021-08")
    assert [(part.starts_on.day, part.ends_on.day) for part in parts] == [(1, 16)]
    assert Report.objects.filter(unit__code__startswith="xa-mau-tan-thon", period="2021-08").count() == 4
    assert set(Report.objects.filter(unit__code="xa-son-tan").values_list("period", flat=True)) == {"2023-04"}


def _has_a_past() -> None:
    """Every state that a page shows occurs somewhere in the invented district."""
    states = dict(Assignment.objects.values_list("state").annotate(Count("pk")))
    assert set(states) >= {"issued", "in_progress", "objected", "accepted"}
    assert Assignment.objects.filter(parent__isnull=False).exists()
    assert Extension.objects.filter(granted=True).exists()
    assert {Finding.Kind.PRAISE.value, Finding.Kind.CRITICISM.value} <= set(
        Finding.objects.values_list("kind", flat=True)
    )
    assert Step.objects.filter(on_paper=True).exists()
    assert WorkingSession.objects.count() >= 2
    assert not Account.objects.filter(username="bi-thu-dang-uy-xa-mau-loc", last_login__isnull=False).exists()


def _opens_everything(client: Client, account: Account) -> None:
    """Home, and every page to which home and the places of the rail lead."""
    sign_in(client, account)
    first = client.get("/")
    assert first.status_code == 200, account.username
    seen = {"/"}
    for place in sorted(_links(first.content.decode())):
        seen.add(place)
        answer = client.get(place)
        assert answer.status_code == 200, f"{account.username}: {place}"
    for name in ("overview:leader", "overview:search", "overview:tree"):
        assert client.get(reverse(name)).status_code == 200, f"{account.username}: {name}"


def _links(page: str) -> set[str]:
    return {link for link in LINK.findall(page) if not link.startswith(NOT_PAGES) and link != "/"}
