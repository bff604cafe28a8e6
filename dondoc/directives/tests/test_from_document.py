"""A document that came in is the source of directives, and their document."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Post
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives.models import Assignment, Directive
from dondoc.documents.models import IncomingDocument, OfficialDocument
from dondoc.documents.services import Arrival, enter
from dondoc.history.services import Act
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
SENTENCE = "Các đảng ủy rà soát quần chúng ưu tú"
TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
        Xã A2
"""


@told_once
def units() -> dict[str, Unit]:
    DemonstrationDay.objects.create(pk=1, day=DAY)
    units = draw(TREE)
    for kind in ("clerk", "leader"):
        hold(units["Huyện ủy A"], kind, title=f"{kind} A")
    for name in ("Xã A1", "Xã A2"):
        hold(units[name], "head", title=f"Bí thư {name}")
    return units


def by(kind: str) -> Any:
    return Post.objects.get(kind=kind, title=f"{kind} A").terms.get().account


def came(units: dict[str, Unit], **other: Any) -> IncomingDocument:
    given: dict[str, Any] = {"sender": units["Tỉnh ủy"].pk, "number": "12", "symbol": "CV/TU", **other}
    district = units["Huyện ủy A"].pk
    act = Act(None, Post.objects.get(title="clerk A").pk, district, DAY, act_on(DAY).at)
    return enter(district, Arrival(DAY, date(2023, 4, 26), "Rà soát", **given), act)


def write(client: Client, document: IncomingDocument, **typed: str) -> Any:
    given: dict[str, Any] = {"text": SENTENCE, "receivers": "xa a1\nXã A2", "due_on": "30/5/2023"} | typed
    return post(sign_in(client, by("clerk")), reverse("directives:enter-from-document", args=[document.pk]), 1, **given)


def test_a_sentence_of_a_document_goes_to_its_units_with_that_document(client: Client, units: dict[str, Unit]) -> None:
    document = came(units)
    prepare = write(client, document)["Location"]
    directive = Directive.objects.select_related("source").get()
    assert directive.source.text[directive.span_start : directive.span_end] == SENTENCE
    assert (directive.author_title, directive.said_on) == ("Tỉnh ủy", date(2023, 4, 26))
    assert [one.due_on for one in Assignment.objects.all()] == [date(2023, 5, 30)] * 2
    post(client, reverse("directives:confirm-defaults"), 0, chosen=rows())
    post(sign_in(client, by("leader")), reverse("directives:approve"), 0, chosen=rows())
    assert "Theo văn bản đến số 12-CV/TU" in sign_in(client, by("clerk")).get(prepare).content.decode()
    post(client, reverse("directives:issue"), 0, chosen=rows(), way="received")
    assert {one.document for one in Assignment.objects.all()} == {document.official}
    assert OfficialDocument.objects.count() == 1
    page = client.get(reverse("documents:incoming", args=[document.pk])).content.decode()
    assert page.count(SENTENCE) == 2


def rows() -> list[str]:
    return [f"{one.pk}:{one.version}" for one in Assignment.objects.order_by("pk")]


def test_what_a_sender_without_numbers_here_demands_goes_out_otherwise(client: Client, units: dict[str, Unit]) -> None:
    document = came(units, sender=None, sender_words="Sở Nội vụ")
    prepare = write(client, document)["Location"]
    post(sign_in(client, by("leader")), reverse("directives:approve"), 0, chosen=rows())
    assert "Theo văn bản đến" not in sign_in(client, by("clerk")).get(prepare).content.decode()
    assert post(client, reverse("directives:issue"), 0, chosen=rows(), way="received").status_code == 422


@pytest.mark.parametrize("typed", [{"receivers": "Tỉnh ủy"}, {"receivers": "Xã lạ"}, {"receivers": ""}, {"text": " "}])
def test_it_goes_to_units_below_and_says_something(
    client: Client, units: dict[str, Unit], typed: dict[str, str]
) -> None:
    assert write(client, came(units), **typed).status_code == 422
    assert not Directive.objects.exists()


def test_who_may_not_prepare_directives_may_not_assign_from_a_document(client: Client, units: dict[str, Unit]) -> None:
    document = came(units)
    address = reverse("directives:from-document", args=[document.pk])
    assert sign_in(client, by("leader")).get(address).status_code == 403
    head = Post.objects.get(title="Bí thư Xã A1").terms.get().account
    assert sign_in(client, head).get(address).status_code == 404
