"""The pages of the registers: who may do what on them, and what they show."""

import io
from datetime import date
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Account
from dondoc.accounts.tests.people import hold, post, sign_in
from dondoc.clock.models import DemonstrationDay
from dondoc.documents.models import IncomingDocument, OfficialDocument, Reservation
from dondoc.documents.nearby import units_near
from dondoc.documents.services import About, To, number_document, store_file
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
TERM = "2020-2025"


class Place:
    """A district with its office and a commune with its secretary, on a day of 2023."""

    def __init__(self) -> None:
        DemonstrationDay.objects.create(pk=1, day=DAY)
        self.units = draw("Tỉnh ủy > Huyện ủy A > Xã A1")
        self.clerk = hold(self.units["Huyện ủy A"], "clerk", title="Văn phòng Huyện ủy A")
        self.leader = hold(self.units["Huyện ủy A"], "leader", title="Bí thư Huyện ủy A")
        self.head = hold(self.units["Xã A1"], "head", title="Bí thư xã A1")

    def __getitem__(self, name: str) -> Unit:
        return self.units[name]


@told_once
def place() -> Place:
    return Place()


def send(client: Client, by: Account, name: str, *args: Any, seen: int = 0, **typed: Any) -> Any:
    return post(sign_in(client, by), reverse(f"documents:{name}", args=args), seen, **typed)


def shown(client: Client, by: Account, name: str, *args: Any, **query: str) -> str:
    answer = sign_in(client, by).get(reverse(f"documents:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(**other: str) -> dict[str, Any]:
    given = {"way": "next", "type_name": "Thông báo", "term": TERM, "dated_on": "28/04/2023", "abstract": "Kết luận"}
    return given | other


def test_the_office_gives_the_next_number_by_the_type_and_names_the_receivers(client: Client, place: Place) -> None:
    answer = send(
        client, place.clerk, "give", **typed(recipients="xa a1\nLưu Văn phòng\n\n", abstract="Giao ban quý I")
    )
    document = OfficialDocument.objects.get()
    assert answer["Location"] == reverse("documents:document", args=[document.pk])
    assert (str(document), document.type_name) == ("01-TB/HU", "Thông báo")
    assert list(document.recipients.values_list("unit", "words")) == [(place["Xã A1"].pk, ""), (None, "Lưu Văn phòng")]
    assert "Giao ban" in shown(client, place.clerk, "out", q="giao ban quy")
    assert "Giao ban" not in shown(client, place.clerk, "out", q="không có")


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"way": "paper"}, "number"),
        ({"dated_on": "29/04/2023"}, "dated_on"),
        ({"symbol": "KH/HU"}, "symbol"),
        ({"symbol": "tb-hu"}, "symbol"),
        ({"term": "2010-2015"}, "term"),
        ({"type_name": ""}, "type_name"),
        ({"abstract": ""}, "abstract"),
    ],
)
def test_what_a_number_needs_is_asked_for_and_what_was_typed_is_kept(
    client: Client, place: Place, other: dict[str, str], wrong: str
) -> None:
    answer = send(client, place.clerk, "give", **typed(recipients="Lưu", **other))
    assert answer.status_code == 422
    assert f'href="#out-{wrong}"' in answer.content.decode()
    assert ">\nLưu</textarea>" in answer.content.decode()
    assert not OfficialDocument.objects.exists()


def test_a_reserved_number_is_used_or_given_up_from_the_register(client: Client, place: Place) -> None:
    for _ in range(2):
        send(client, place.clerk, "reserve", type_name="Kế hoạch", term=TERM, reason="chờ ký")
    used, dropped = Reservation.objects.order_by("number")
    assert f"reserved={used.pk}" in shown(client, place.clerk, "out")
    send(client, place.clerk, "give", **typed(way=f"reserved-{used.pk}", type_name="Kế hoạch"))
    send(client, place.clerk, "give-up", dropped.pk, seen=1, explanation="không ban hành")
    assert str(OfficialDocument.objects.get()) == "01-KH/HU"
    page = shown(client, place.clerk, "out")
    assert "không ban hành" in page
    assert f"reserved={used.pk}" not in page


def test_a_gap_is_explained_from_the_register(client: Client, place: Place) -> None:
    for number in ("5", "7"):
        send(client, place.clerk, "give", **typed(way="paper", number=number))
    assert "06-TB/HU" in shown(client, place.clerk, "out")
    send(client, place.clerk, "explain", number="6", last="6", symbol="TB/HU", term=TERM, explanation="bỏ trống")
    assert "bỏ trống" in shown(client, place.clerk, "out")


def test_another_post_sees_the_register_and_may_not_number(client: Client, place: Place) -> None:
    assert send(client, place.leader, "give", **typed()).status_code == 403
    assert reverse("documents:new") not in shown(client, place.leader, "out")
    foreign = sign_in(client, place.head).get(reverse("documents:out"), {"unit": place["Huyện ủy A"].pk})
    assert foreign.status_code == 404


def test_what_was_sent_to_a_unit_is_entered_there_with_what_is_known_of_it(client: Client, place: Place) -> None:
    about = About(recipients=[To(place["Xã A1"].pk)])
    sent = number_document(place["Huyện ủy A"].pk, TERM, "CV/HU", 7, DAY, "Rà soát nguồn", act_on(DAY), about=about)
    entry = f"{reverse('documents:new-in')}?document={sent.pk}"
    assert entry in shown(client, place.head, "in")
    form = client.get(entry).content.decode()
    assert all(f'value="{known}"' in form for known in ("Huyện ủy A", "07", "CV/HU", "28/04/2023"))
    given: dict[str, Any] = {
        "sender": "huyen uy a",
        "number": "07-CV/HU",
        "dated_on": "28/04/2023",
        "arrived_on": "28/04/2023",
    }
    send(client, place.head, "enter", **given, abstract="Rà soát nguồn")
    came = IncomingDocument.objects.get()
    assert (came.official, came.arrival, came.number) == (sent, 1, "07")
    assert entry not in shown(client, place.head, "in")


def test_a_document_in_is_dealt_with_on_its_page(client: Client, place: Place) -> None:
    given: dict[str, Any] = {
        "sender": "Sở Nội vụ",
        "dated_on": "20/4/2023",
        "arrived_on": "21/4/2023",
        "abstract": "Góp ý dự thảo",
    }
    send(client, place.clerk, "enter", **given, due_on="25/4/2023")
    came = IncomingDocument.objects.get()
    assert "Quá hạn" in shown(client, place.clerk, "incoming", came.pk)
    assert "Góp ý dự thảo" in shown(client, place.clerk, "in", state="overdue")
    assert send(client, place.leader, "finish", came.pk, seen=1, words="x").status_code == 403
    send(client, place.clerk, "finish", came.pk, seen=1, words="Đã góp ý bằng công văn 12-CV/HU")
    assert "Đã góp ý" in shown(client, place.clerk, "incoming", came.pk)
    assert "Góp ý dự thảo" not in shown(client, place.clerk, "in", state="overdue")
    assert "Góp ý dự thảo" not in shown(client, place.clerk, "in", on="20/04/2023")


def test_what_waits_in_the_register_stands_on_the_desk_of_who_keeps_it(client: Client, place: Place) -> None:
    given: dict[str, Any] = {"sender": "Sở Nội vụ", "dated_on": "20/4/2023", "arrived_on": "21/4/2023"}
    send(client, place.clerk, "enter", **given, abstract="Góp ý", due_on="25/4/2023")
    about = About(recipients=[To(place["Xã A1"].pk)])
    number_document(place["Huyện ủy A"].pk, TERM, "CV/HU", 7, DAY, "Rà soát nguồn", act_on(DAY), about=about)
    for who, words in (
        (place.clerk, "1 văn bản đến quá hạn, 1 văn bản chưa giao xử lý"),
        (place.head, "1 văn bản chờ vào sổ"),
        (place.leader, ""),
    ):
        desk = sign_in(client, who).get(reverse("overview:home")).content.decode()
        assert (words in desk) if words else ('id="arrived"' not in desk)


@pytest.mark.parametrize("name", ["Đảng ủy xã A1", "dang uy xa a1", "Đảng bộ xã A1", "xa a1"])
def test_a_committee_is_found_by_the_name_of_its_organisation_and_the_other_way(place: Place, name: str) -> None:
    place["Xã A1"].names.update(name="Đảng bộ xã A1", folded="dang bo xa a1")
    assert units_near(place["Huyện ủy A"].pk, DAY)(name) == place["Xã A1"].pk


def carry(place: Place, name: str, content: bytes) -> int:
    """A file that the district's document carries."""
    file = store_file(SimpleUploadedFile(name, content))
    about = About(file=file)
    number_document(place["Huyện ủy A"].pk, TERM, "TB/HU", None, DAY, "Kết luận", act_on(DAY), about=about)
    return file.pk


def test_the_text_of_a_file_is_shown_as_text_and_nothing_in_it_runs(client: Client, place: Place) -> None:
    file = carry(place, "ghi-chep.txt", "Nội dung <img src=x onerror=alert(1)>".encode())
    page = shown(client, place.clerk, "look", file)
    assert "Nội dung &lt;img src=x" in page
    assert sign_in(client, place.head).get(reverse("documents:look", args=[file])).status_code == 404


def test_pages_of_a_pdf_are_shown_as_pictures(client: Client, place: Place, settings: Any, tmp_path: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}},
    }
    made, content = pdfium.PdfDocument.new(), io.BytesIO()
    for _ in range(2):
        made.new_page(200, 300)
    made.save(content)
    file = carry(place, "ban-quet.pdf", content.getvalue())
    page = shown(client, place.clerk, "look", file)
    addresses = [reverse("documents:picture", args=[file, number]) for number in (1, 2, 3)]
    assert [address in page for address in addresses] == [True, True, False]
    answer = client.get(addresses[0])
    assert answer.content.startswith(b"\x89PNG")
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)
    assert client.get(addresses[2]).status_code == 404


def test_a_file_that_cannot_be_drawn_is_only_for_download(client: Client, place: Place) -> None:
    file = carry(place, "hong.pdf", b"%PDF-1.7\nkhong phai")
    assert "Không xem được" in shown(client, place.clerk, "look", file)
    assert client.get(reverse("documents:picture", args=[file, 1])).status_code == 404
