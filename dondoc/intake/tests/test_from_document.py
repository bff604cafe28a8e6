"""The text of a document that came in is taken in as a draft, and only where there is some."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.documents.models import Source
from dondoc.documents.services import Arrival, enter, store_made
from dondoc.intake.models import Draft
from dondoc.organisations.tests.trees import act_on, draw

DAY = date(2023, 5, 2)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.mark.django_db
def test_the_text_of_a_document_in_becomes_a_restricted_draft_of_its_unit(client: Client) -> None:
    units = draw("Tỉnh ủy > Huyện ủy A")
    sign_in(client, hold(units["Huyện ủy A"], "clerk"))
    article = Path(settings.CONTENT / "demonstration" / "article.txt").read_text(encoding="utf-8")

    def read(number: str, *files: Any) -> Any:
        arrival = Arrival(DAY, DAY, "Kết luận", sender=units["Tỉnh ủy"].pk, number=number, symbol="TB/TU", files=files)
        document = enter(units["Huyện ủy A"].pk, arrival, act_on(DAY))
        return post(client, reverse("intake:from-document", args=[document.pk]), 1)

    scan = store_made("quet.png", PNG)
    assert read("1", scan).status_code == 422
    answer = read("2", scan, store_made("ket-luan.txt", article.encode()))
    draft = Draft.objects.get()
    assert answer["Location"] == reverse("intake:draft", args=[draft.pk])
    assert (draft.kind, draft.is_public, draft.owner) == (Source.Kind.DOCUMENT, False, units["Huyện ủy A"])
