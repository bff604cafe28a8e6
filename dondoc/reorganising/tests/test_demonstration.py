"""The decisions of 1 July 2025, as the demonstration has them: revoked from a page and recorded again, the tree is the same as before."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.organisations.models import Ancestry, Reorganisation, Succession, Unit
from dondoc.organisations.services.load import load
from dondoc.organisations.tests.trees import act_on, show
from dondoc.reorganising.models import Draft

TODAY = date(2025, 6, 20)
DAY = date(2025, 7, 1)


@pytest.mark.django_db
def test_the_reorganisation_of_july_2025_is_revoked_and_recorded_again(client: Client) -> None:
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    for name in ("organisations.yaml", "reorganisation-2025.yaml"):
        load(settings.CONTENT / "demonstration" / name, act_on(date(2023, 4, 1)))
    sign_in(client, hold(Unit.objects.get(code="tinh-khanh-hoa"), "board", title="Ban Tổ chức Tỉnh ủy"))
    before, eve = show(DAY), show(TODAY)
    derived = Ancestry.objects.count(), Succession.objects.count()
    first = Reorganisation.objects.get(decision__startswith="1667", together=None)

    post(client, reverse("reorganising:revoke", args=[first.pk]), 0)
    revocation = Draft.objects.get()
    Draft.objects.filter(pk=revocation.pk).update(number="99-QĐ/TU", title="ghi nhầm")
    _record(client, revocation)
    # The other provinces' decisions of that day still hold.
    assert {line.strip() for line in show(DAY).splitlines()} >= {"Huyện ủy Cam Lâm", "Đảng bộ xã Sơn Tân"}

    post(client, reverse("reorganising:again", args=[first.pk]), 0)
    again = Draft.objects.get(state=Draft.State.OPEN)
    assert again.steps.count() == 41
    _record(client, again)
    assert show(DAY) == before
    assert show(TODAY) == eve
    assert (Ancestry.objects.count(), Succession.objects.count()) == derived


def _record(client: Client, draft: Draft) -> None:
    answer = post(client, reverse("reorganising:try", args=[draft.pk]), draft.version)
    assert answer["Location"] == reverse("reorganising:preview", args=[draft.pk])
    draft.refresh_from_db()
    assert post(client, reverse("reorganising:record", args=[draft.pk]), draft.version).status_code == 302
