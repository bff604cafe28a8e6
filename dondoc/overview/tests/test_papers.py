"""The leader's page and the briefing of a unit on paper: the same as on the screen, for whoever may see that."""

from datetime import date

from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives.tests.pages import TREE, Told, issued, tell
from dondoc.documents.layouts.tests.test_layouts import text_of
from dondoc.tests.told_once import told_once

LATER = date(2023, 12, 20)


@told_once
def story() -> Told:
    DemonstrationDay.objects.create(pk=1, day=LATER)
    told = tell(TREE)
    issued(told)
    return told


def test_the_leaders_page_is_printed_with_what_was_demanded_of_each_unit(client: Client, story: Told) -> None:
    sign_in(client, story.people["leader"])
    shown = text_of(client.get(reverse("overview:leader-paper")).content)
    for said in ("Theo đơn vị", "Xã A1", "Xã A2", "Cộng", "Quá hạn", "Số liệu ngày 20/12/2023 · người in:"):
        assert said in shown


def test_the_briefing_of_a_unit_says_what_is_open(client: Client, story: Told) -> None:
    sign_in(client, story.people["leader"])
    shown = text_of(client.get(reverse("overview:unit-paper", args=[story.units["Xã A1"].pk])).content)
    for said in ("Xã A1", "Việc phải làm", "Thứ Tư, 20/12/2023", "chưa có số liệu"):
        assert said in shown


def test_a_briefing_of_a_unit_outside_the_scope_is_not_found(client: Client, story: Told) -> None:
    sign_in(client, story.people["Xã A2"])
    assert client.get(reverse("overview:unit-paper", args=[story.units["Xã A1"].pk])).status_code == 404
