"""The completion table: what it shows, how it saves, who may do what with it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.directives.forms import IssueForm
from dondoc.directives.models import Assignment, LateField
from dondoc.organisations.models import Unit
from dondoc.tests.told_once import told_once

from .pages import SAID_ON, SENTENCES, Told, issued, record, tell

pytestmark = pytest.mark.django_db


@told_once
def story() -> Told:
    DemonstrationDay.objects.create(pk=1, day=SAID_ON + timedelta(days=6))
    return tell()


def page(client: Client, story: Told, who: str) -> str:
    sign_in(client, story.people[who])
    answer = client.get(story.sheet)
    assert answer.status_code == 200
    return answer.content.decode()


def save(client: Client, row: Assignment, seen: int | None = None, **fields: Any) -> Any:
    was: dict[str, Any] = {f"was-{name}": "something else" for name in fields}
    return post(
        client, reverse("directives:save", args=[row.pk]), row.version if seen is None else seen, **fields, **was
    )


def test_the_table_shows_every_sentence_and_a_row_for_each_receiver(client: Client, story: Told) -> None:
    html = page(client, story, "clerk")
    for _kind, _to, said in SENTENCES:
        assert said in html
    # Two sentences name one commune, five speak to three, one to the Front and the Youth Union of each.
    assert len(re.findall(r'<tr id="row-', html)) == 2 * 1 + 5 * 3 + 6


def test_values_by_rule_are_marked_until_a_person_has_looked_at_them(client: Client, story: Told) -> None:
    row = story.assignment("Xã A1")
    marked = 'name="product" data-column="product" class="is-default"'
    before = page(client, story, "clerk").count(marked)
    save(client, row, product="Kế hoạch")
    assert page(client, story, "clerk").count(marked) == before - 1


def test_what_is_lacking_comes_first_and_leads_to_its_cell(client: Client, story: Told) -> None:
    row = story.assignment("Xã A1")
    Assignment.objects.filter(pk=row.pk).update(product="", due_on=None)
    html = page(client, story, "clerk")
    assert "Còn thiếu 2 chỗ" in html
    for name in ("product", "due_on"):
        assert f'href="#cell-{row.pk}-{name}"' in html
        assert f'id="cell-{row.pk}-{name}"' in html
    assert html.index('class="note note-warning gaps"') < html.index("<table")


def test_a_row_saves_only_the_fields_that_differ_from_what_was_seen(client: Client, story: Told) -> None:
    row = story.assignment("Xã A1")
    sign_in(client, story.people["clerk"])
    url = reverse("directives:save", args=[row.pk])
    typed: dict[str, Any] = {"product": "Báo cáo", "was-product": row.product, "task": row.task, "was-task": row.task}
    assert post(client, url, row.version, **typed).status_code == 302
    saved = Assignment.objects.get(pk=row.pk)
    assert (saved.product, saved.version) == ("Báo cáo", row.version + 1)
    assert saved.marks["product"]["from"] == "person"


def test_a_day_that_is_none_is_refused_and_given_back(client: Client, story: Told) -> None:
    row = story.assignment("Xã A1")
    sign_in(client, story.people["clerk"])
    answer = save(client, row, due_on="31/02/2023")
    assert answer.status_code == 422
    assert "31/02/2023" in answer.content.decode()


def test_a_late_save_shows_both_values_until_one_is_chosen(client: Client, story: Told) -> None:
    row = story.assignment("Xã A1")
    sign_in(client, story.people["clerk"])
    save(client, row, product="Của văn phòng")
    other = sign_in(Client(), story.people["leader"])
    hold_clerk(story, "second")
    sign_in(other, story.people["second"])
    save(other, row, product="Của người thứ hai")
    html = other.get(story.sheet).content.decode()
    assert "Của văn phòng" in html
    assert "Của người thứ hai" in html
    late = LateField.objects.get()
    now = Assignment.objects.get(pk=row.pk)
    choose = reverse("directives:choose", args=[row.pk])
    # A number so long that its beginning names this late value names none.
    assert post(other, choose, now.version, late=f"{late.pk:015d}0", take="1").status_code == 409
    post(other, choose, now.version, late=str(late.pk), take="1")
    assert Assignment.objects.get(pk=row.pk).product == "Của người thứ hai"
    assert not LateField.objects.exists()


def test_a_row_of_several_fields_keeps_what_someone_else_typed_meanwhile(client: Client, story: Told) -> None:
    row = story.assignment("Xã A1")
    hold_clerk(story, "second")
    save(sign_in(Client(), story.people["second"]), row, product="Của người thứ hai")
    sign_in(client, story.people["clerk"])
    save(client, row, task="Việc", product="Của văn phòng")
    saved = Assignment.objects.get(pk=row.pk)
    assert (saved.task, saved.product) == ("Việc", "Của người thứ hai")
    assert LateField.objects.get().value == "Của văn phòng"


def hold_clerk(story: Told, name: str) -> None:
    story.people[name] = hold(story.units["Tỉnh ủy"], "clerk", title="Phó Chánh Văn phòng Tỉnh ủy")


def test_one_value_fills_the_ticked_rows_or_all(client: Client, story: Told) -> None:
    sign_in(client, story.people["clerk"])
    rows = list(Assignment.objects.order_by("pk"))
    ticked = [f"{one.pk}:{one.version}" for one in rows[:3]]
    post(client, reverse("directives:fill"), 0, field="product", product="Báo cáo", chosen=ticked)
    assert Assignment.objects.filter(product="Báo cáo").count() == 3
    rows = list(Assignment.objects.order_by("pk"))
    post(
        client,
        reverse("directives:fill"),
        0,
        field="review_on",
        review_on="30/11/2023",
        row=[f"{r.pk}:{r.version}" for r in rows],
    )
    assert Assignment.objects.filter(review_on=date(2023, 11, 30)).count() == len(rows)


def test_a_unit_is_added_by_its_name_without_marks_and_taken_out_again(client: Client, story: Told) -> None:
    sign_in(client, story.people["clerk"])
    directive = story.directives[0]
    url = reverse("directives:add-receiver", args=[directive.pk])
    assert post(client, url, 0, unit="xa a2").status_code == 302
    added = directive.assignments.latest("pk")
    assert added.roles.get(role="receiver").unit == story.units["Xã A2"]
    assert post(client, reverse("directives:remove", args=[added.pk]), added.version).status_code == 302
    assert not Assignment.objects.filter(pk=added.pk).exists()


def test_a_name_that_fits_several_units_is_asked_again_and_kept(client: Client, story: Told) -> None:
    sign_in(client, story.people["clerk"])
    url = reverse("directives:add-receiver", args=[story.directives[0].pk])
    answer = post(client, url, 0, unit="Chi bộ")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "trùng với nhiều đơn vị" in html
    assert 'value="Chi bộ"' in html


def test_office_marks_ready_leader_approves_office_issues(client: Client, story: Told) -> None:
    sign_in(client, story.people["clerk"])

    def all_rows() -> list[str]:
        return [f"{one.pk}:{one.version}" for one in Assignment.objects.all()]

    assert "cần rà soát rồi trình phê duyệt." in client.get(story.sheet).content.decode()
    post(client, reverse("directives:confirm-defaults"), 0, chosen=all_rows(), next=story.sheet)
    assert "đã đủ nội dung, chờ phê duyệt." in client.get(story.sheet).content.decode()
    assert "is-default" not in client.get(story.sheet).content.decode().split("<table")[1]
    assert post(client, reverse("directives:approve"), 0, chosen=all_rows()).status_code == 403
    leader = sign_in(Client(), story.people["leader"])
    answer = post(leader, reverse("directives:approve"), 0, chosen=all_rows(), next=story.sheet)
    assert (answer.status_code, answer["Location"]) == (302, story.sheet)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"approved"}
    document: dict[str, Any] = {
        "way": "document",
        "number": "412",
        "symbol": "TB/TU",
        "term": "2020-2025",
        "dated_on": "03/05/2023",
    }
    assert post(client, reverse("directives:issue"), 0, chosen=all_rows(), **document).status_code == 302
    issued = Assignment.objects.select_related("document").first()
    assert issued is not None
    assert issued.document is not None
    assert (issued.state, issued.document.number) == ("issued", 412)


def test_an_issue_without_a_term_says_so_and_keeps_what_was_typed_and_ticked(client: Client, story: Told) -> None:
    leader = sign_in(Client(), story.people["leader"])
    rows = [f"{one.pk}:{one.version}" for one in Assignment.objects.all()[:2]]
    post(leader, reverse("directives:approve"), 0, chosen=rows)
    sign_in(client, story.people["clerk"])
    rows = [f"{one.pk}:{one.version}" for one in Assignment.objects.filter(state="approved")]
    answer = post(client, reverse("directives:issue"), 0, chosen=rows, way="document", symbol="TB/TU")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="TB/TU"' in html
    assert all(f'value="{row}"' in html for row in rows)


def test_a_select_that_may_be_cut_has_the_whole_name_as_its_title(client: Client, story: Told) -> None:
    text = page(client, story, "clerk")
    cells = re.findall(r'<select[^>]* name="(follower|verifier)"[^>]* title="([^"]*)"', text)
    assert {name for name, _title in cells} == {"follower", "verifier"}
    assert {title for _name, title in cells} == {"Huyện ủy A", "Xã A1", "Xã A2", "Xã A3"}


def test_a_fixed_row_says_how_it_stands_not_only_its_state(client: Client, story: Told) -> None:
    issued(story)
    DemonstrationDay.objects.update(day=SAID_ON + timedelta(days=90))
    assert "Quá hạn" in page(client, story, "clerk")


@pytest.mark.parametrize(
    ("term", "fits"),
    [("2020-2025", True), ("9999-0000", False), ("2025-2020", False), ("2020-2050", False), ("2015-2020", False)],
)
def test_the_term_is_one_in_which_the_document_can_have_been_issued(term: str, fits: bool) -> None:
    typed = {"way": "document", "number": "5", "symbol": "TB/TU", "dated_on": "28/04/2023", "term": term}
    assert ("term" not in IssueForm(typed, today=SAID_ON).errors) is fits


def test_what_a_document_needs_is_marked_by_the_choice_and_never_stops_word_of_mouth() -> None:
    empty = IssueForm(today=SAID_ON)
    assert [name for name in empty.fields if not empty.fields[name].required] == ["number", "abstract"]
    assert "required" not in str(empty["number"])
    wrong = IssueForm({"way": "document"}, today=SAID_ON)
    assert set(wrong.errors) == {"symbol", "term", "dated_on"}
    assert IssueForm({"way": "oral"}, today=SAID_ON).is_valid()
    left_over = {"number": "năm", "dated_on": "mai", "symbol": "x" * 50, "abstract": "x" * 501}
    assert IssueForm({"way": "oral", **left_over}, today=SAID_ON).is_valid()
    assert not IssueForm({"way": "document", **left_over}, today=SAID_ON).is_valid()


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("clerk", 200), ("outsider", 404), ("Xã A1", 404)])
def test_the_table_is_for_those_who_prepare_approve_or_issue(
    client: Client, story: Told, who: str, status: int
) -> None:
    sign_in(client, story.people[who])
    assert client.get(story.sheet).status_code == status


def test_a_receiver_who_sees_an_issued_sentence_may_still_not_open_the_table(client: Client, story: Told) -> None:
    issued(story)
    sign_in(client, story.people["Xã A1"])
    assert client.get(story.sheet).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client, story: Told) -> None:
    sign_in(client, story.people["clerk"])
    client.get(story.sheet)
    with CaptureQueriesContext(connection) as few:
        client.get(story.sheet)
    communes = [story.units[name] for name in ("Xã A1", "Xã A2", "Xã A3")]
    units: dict[str, Unit] = story.units
    record(units, story.people, communes, 2, SAID_ON)
    Assignment.objects.filter(directive__origin_key=2).update(directive=story.directives[2])
    with CaptureQueriesContext(connection) as many:
        html = client.get(story.sheet).content.decode()
    assert len(re.findall(r'<tr id="row-', html)) == 46
    assert len(many) == len(few)
