"""The pages of drafts: every value with its place, at the same cost however many there are, and no page for what is no key."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import post, sign_in
from dondoc.intake.tests.drafts import Story, long_report, seed


@pytest.fixture
def clerk(client: Client, story: Story) -> Client:
    return sign_in(client, story.clerk)


def test_every_value_of_the_article_has_its_place_and_its_rule_in_words(clerk: Client, story: Story) -> None:
    draft = story.receive(seed())
    page = clerk.get(reverse("intake:draft", args=[draft.pk])).content.decode()
    for one in draft.values.exclude(span_start=None):
        assert f'id="place-{one.pk}"' in page
        assert f'href="#place-{one.pk}"' in page
        assert f'id="value-{one.pk}"' in page
    assert "9/13 = 69,2 %" in page
    assert "4 đảng viên là 100% kế hoạch" in page
    assert "figure.members" not in page


@pytest.mark.parametrize("edit", [None, "unit", "figure"])
def test_the_page_of_a_draft_asks_as_many_questions_for_many_values_as_for_few(
    clerk: Client, story: Story, edit: str | None
) -> None:
    counts = []
    for text in (long_report(1), long_report(20)):
        draft = story.receive(text)
        form = {"edit": draft.values.filter(kind=edit).order_by("pk")[0].pk} if edit else {}
        clerk.get(reverse("intake:draft", args=[draft.pk]), form)
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(reverse("intake:draft", args=[draft.pk]), form).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1], counts


def test_the_list_of_drafts_asks_as_many_questions_for_many_as_for_one(clerk: Client, story: Story) -> None:
    counts = []
    for number in range(12):
        story.receive(long_report(1) + f"\n\nSố {number}.")
        if number in {0, 11}:
            with CaptureQueriesContext(connection) as queries:
                clerk.get(reverse("intake:list"))
            counts.append(len(queries))
    assert counts[0] == counts[1], counts


@pytest.mark.parametrize("edit", ["9" * 18, "9" * 30, "9" * 5000, "٣"])
def test_a_key_that_no_value_has_opens_no_form(clerk: Client, story: Story, edit: str) -> None:
    assert clerk.get(reverse("intake:draft", args=[story.receive().pk]), {"edit": edit}).status_code == 200


@pytest.mark.parametrize("pk", ["9" * 30, "9" * 5000])
@pytest.mark.parametrize("place", ["/intake/draft/{}/", "/intake/value/{}/save/", "/intake/late/{}/choose/"])
def test_a_number_beyond_all_keys_is_no_page(clerk: Client, place: str, pk: str) -> None:
    answer = post(clerk, place.format(pk), 1) if "/draft/" not in place else clerk.get(place.format(pk))
    assert answer.status_code in {404, 409}
