"""Sources, stored files and numbers."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from dondoc.accounts.actors import Actor
from dondoc.accounts.tests.people import hold, sign_in
from dondoc.documents.models import OfficialDocument, Source, StoredFile
from dondoc.documents.queries import next_number, term_of
from dondoc.documents.services import number_document, store_file, take_source
from dondoc.documents.symbols import is_symbol, kinds, symbol
from dondoc.history.models import Event
from dondoc.lib.refusals import Refused
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import act_on, draw
from dondoc.tests.told_once import told_once

DAY = date(2023, 4, 28)
ACT = act_on(DAY)
PDF = b"%PDF-1.7\n1 0 obj\n"


@told_once
def units() -> dict[str, Unit]:
    return draw("Tỉnh ủy > Huyện ủy A > Xã A1")


def take(owner: Unit, text: str = "Bài báo về buổi làm việc.") -> Source:
    return take_source(text, kind="article", title="Bài báo", owner=owner.pk, is_public=True, act=ACT)


def number(issuer: Unit, n: int = 5, **other: Any) -> OfficialDocument:
    given = {"term": "2020-2025", "symbol": "TB/TU", "dated_on": DAY, "abstract": "Kết luận buổi làm việc", **other}
    return number_document(issuer.pk, given["term"], given["symbol"], n, given["dated_on"], given["abstract"], ACT)


def test_the_same_text_is_one_source(units: dict[str, Unit]) -> None:
    first = take(units["Tỉnh ủy"])
    assert take(units["Tỉnh ủy"]).pk == first.pk
    assert take(units["Tỉnh ủy"], "Một bài khác.").pk != first.pk
    assert Event.objects.filter(action="documents.source_taken").count() == 2


def test_the_same_text_of_two_owners_is_a_source_of_each(units: dict[str, Unit]) -> None:
    assert take(units["Tỉnh ủy"]).pk != take(units["Huyện ủy A"]).pk


@pytest.mark.parametrize("other", [{"is_public": False}, {"kind": "report"}])
def test_the_same_text_open_to_others_or_of_another_kind_is_another_source(
    units: dict[str, Unit], other: dict[str, Any]
) -> None:
    first = take(units["Tỉnh ủy"])
    given: dict[str, Any] = {"kind": "article", "is_public": True, **other}
    second = take_source(first.text, title="Bài báo", owner=units["Tỉnh ủy"].pk, act=ACT, **given)
    assert second != first
    assert (second.is_public, second.kind) == (given["is_public"], given["kind"])
    first.refresh_from_db()
    assert (first.is_public, first.kind) == (True, "article")


def test_a_source_is_kept_letter_by_letter(units: dict[str, Unit]) -> None:
    text = "  Dòng một \n\n Dòng hai  "
    assert take(units["Tỉnh ủy"], text).text == text


def test_a_marked_text_never_becomes_a_source(units: dict[str, Unit]) -> None:
    with pytest.raises(Refused, match=r"documents\.secret"):
        take(units["Tỉnh ủy"], "MẬT\nNội dung")
    assert not Source.objects.exists()


def test_a_number_is_given_once_in_its_series_and_the_next_free_one_is_named(units: dict[str, Unit]) -> None:
    number(units["Tỉnh ủy"], 5)
    number(units["Tỉnh ủy"], 9)
    with pytest.raises(Refused) as refused:
        number(units["Tỉnh ủy"], 5, abstract="Khác", dated_on=date(2024, 1, 2))
    assert (refused.value.code, refused.value.status) == ("documents.number_given", 409)
    assert refused.value.data == {
        "number": "05-TB/TU",
        "day": "28/04/2023",
        "abstract": "Kết luận buổi làm việc",
        "next": 10,
    }


@pytest.mark.parametrize("other", [{"term": "2021-2026"}, {"symbol": "KL/TU"}])
def test_another_series_has_its_own_numbers(units: dict[str, Unit], other: dict[str, str]) -> None:
    number(units["Tỉnh ủy"], 5)
    number(units["Tỉnh ủy"], 5, **other)
    number(units["Huyện ủy A"], 5)
    assert OfficialDocument.objects.count() == 3
    assert next_number(units["Tỉnh ủy"].pk, "2020-2025", "TB/TU") == 6
    assert next_number(units["Tỉnh ủy"].pk, "2020-2025", "NQ/TU") == 1


@pytest.mark.parametrize("text", ["TB/TU", "QĐ/TW", "QĐi/TW", "CTr/HU", "KH/ĐU", "BC/UBKTĐU", "QC/CB"])
def test_symbols_of_party_documents_are_known(text: str) -> None:
    assert is_symbol(text)


@pytest.mark.parametrize("text", ["", "TB", "TB-TU", "tb/tu", "TB/TU/1", "TB /TU", "12-TB/TU"])
def test_other_symbols_are_refused(units: dict[str, Unit], text: str) -> None:
    assert not is_symbol(text)
    with pytest.raises(Refused, match="symbol_unknown"):
        number(units["Tỉnh ủy"], symbol=text)


def test_the_symbol_of_a_type_follows_from_the_kind_of_its_issuer() -> None:
    assert symbol("TB", "province") == "TB/TU"
    assert symbol("KH", "commune") == "KH/ĐU"
    assert symbol("KH", "front_commune") is None
    assert "Thông báo" in {kind.name for kind in kinds()}


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2023, 4, 28), "2020-2025"),
        (date(2025, 6, 30), "2020-2025"),
        (date(2025, 7, 1), "2025-2030"),
        (date(2020, 3, 1), "2015-2020"),
    ],
)
def test_numbers_run_by_term_of_office(day: date, term: str) -> None:
    assert term_of(day) == term


def test_the_same_content_is_stored_once(db: None) -> None:
    first = store_file(SimpleUploadedFile("bao-cao.pdf", PDF))
    again = store_file(SimpleUploadedFile("ban-sao.pdf", PDF))
    assert again.pk == first.pk
    assert first.content.open().read() == PDF
    assert (first.media_type, first.size) == ("application/pdf", len(PDF))


def files_in(place: Path, settings: Any) -> None:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": place}}
    settings.STORAGES = {**settings.STORAGES, "default": default}


def test_a_crash_while_writing_leaves_no_cut_off_file(db: None, settings: Any, tmp_path: Path) -> None:
    files_in(tmp_path, settings)

    class Crashing(SimpleUploadedFile):
        reads = 0

        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield PDF[:5]
            self.reads += 1
            if self.reads == 2:
                raise OSError("no space left")
            yield PDF[5:]

    with pytest.raises(OSError, match="no space"):
        store_file(Crashing("x.pdf", PDF))
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
    assert not StoredFile.objects.exists()


def test_a_cut_off_file_of_an_earlier_crash_is_written_anew(db: None, settings: Any, tmp_path: Path) -> None:
    files_in(tmp_path, settings)
    digest = sha256(PDF).hexdigest()
    place = tmp_path / "stored" / digest[:2] / digest
    place.parent.mkdir(parents=True)
    place.write_bytes(PDF[:5])
    assert store_file(SimpleUploadedFile("x.pdf", PDF)).content.open().read() == PDF


@pytest.mark.parametrize("name", ["../../etc/bao-cao.pdf", "C:\\Users\\x\\bao-cao.pdf"])
def test_the_way_to_a_file_on_someone_elses_disk_is_not_kept(db: None, name: str) -> None:
    assert store_file(SimpleUploadedFile(name, PDF + name.encode())).name == "bao-cao.pdf"


def test_what_the_door_stops_is_not_stored(db: None) -> None:
    with pytest.raises(Refused):
        store_file(SimpleUploadedFile("x.exe", b"MZ" + b"\0" * 90))
    assert not StoredFile.objects.exists()


def nobody(actor: Actor, file: int) -> bool:
    return False


def the_province(actor: Actor, file: int) -> bool:
    return any(held.kind == "clerk" for held in actor.holdings)


@pytest.fixture
def stored(db: None) -> StoredFile:
    return store_file(SimpleUploadedFile("báo cáo.pdf", PDF))


def test_a_file_goes_to_those_who_see_what_carries_it(
    client: Client, units: dict[str, Unit], stored: StoredFile, settings: Any
) -> None:
    settings.WHO_SEES_A_FILE = [f"{__name__}.nobody", f"{__name__}.the_province"]
    address = reverse("documents:file", args=[stored.pk])
    assert client.get(address).status_code == 302
    sign_in(client, hold(units["Xã A1"], "head"))
    assert client.get(address).status_code == 404
    sign_in(client, hold(units["Tỉnh ủy"], "clerk"))
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src 'self'" not in answer["Content-Security-Policy"]
    assert client.get(reverse("documents:file", args=[stored.pk + 1])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_same_number_at_once_one_is_told() -> None:
    issuer = draw("Tỉnh ủy")["Tỉnh ủy"]
    together = Barrier(2)
    outcomes: list[str] = []

    def give() -> None:
        together.wait()
        try:
            number(issuer)
            outcomes.append("given")
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    both = [Thread(target=give), Thread(target=give)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["documents.number_given", "given"]
