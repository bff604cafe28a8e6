"""A refused act becomes a page that says why and gives back what was typed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from dondoc.lib.refusals import Refused
from dondoc.web.middleware import RefusalMiddleware


@pytest.fixture(autouse=True)
def no_context_processors(settings: Any) -> None:
    """The pages of refusals must stand without the frame; what it needs of the database is tested where it is made."""
    templates = [dict(engine) for engine in settings.TEMPLATES]
    templates[0]["OPTIONS"] = {
        **templates[0]["OPTIONS"],
        "context_processors": ["django.template.context_processors.request"],
    }
    settings.TEMPLATES = templates


def answer(
    refused: Exception, typed: dict[str, Any] | None = None, htmx: bool = False, referer: str = ""
) -> HttpResponse | None:
    request = RequestFactory().post("/x/", typed or {}, headers={"referer": referer} if referer else None)
    request.htmx = htmx  # type: ignore[attr-defined]
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, refused)


def text_of(response: HttpResponse | None) -> str:
    assert response is not None
    return response.content.decode()


@pytest.mark.parametrize("status", [403, 409, 422, 428])
def test_the_page_has_the_status_and_the_sentence_of_the_refusal(status: int) -> None:
    response = answer(Refused("web.unseen", status))
    assert response is not None
    assert response.status_code == status
    assert "Đồng chí mở lại trang" in text_of(response)


def test_nothing_typed_is_lost() -> None:
    text = text_of(
        answer(Refused("web.unseen"), {"reason": "Thiếu nguồn <b>", "chosen": ["3", "5"], "seen": "9", "key": "kkk"})
    )
    assert "Thiếu nguồn &lt;b&gt;" in text
    assert "Lý do" in text
    assert "<dd>3</dd>" in text
    assert "<dd>5</dd>" in text
    assert "kkk" not in text


@pytest.mark.parametrize("status", [403, 409, 422])
def test_files_that_have_to_be_attached_again_are_named(status: int) -> None:
    file = SimpleUploadedFile("biên bản.pdf", b"%PDF-")
    assert "biên bản.pdf" in text_of(answer(Refused("web.unseen", status), {"text": "Đã xong", "file": file}))


def test_a_password_is_never_shown() -> None:
    assert "hunter2" not in text_of(answer(Refused("web.unseen"), {"password": "hunter2", "new_password1": "hunter2"}))


def test_the_present_state_stands_beside_what_was_typed() -> None:
    text = text_of(answer(Refused("web.unseen", current=[("Thời hạn", "15/09/2025")]), {"due_on": "01/09/2025"}))
    assert "15/09/2025" in text
    assert "01/09/2025" in text


def test_the_service_may_name_the_fields() -> None:
    assert "Số ký hiệu" in text_of(answer(Refused("web.unseen", labels={"ref": "Số ký hiệu"}), {"ref": "123"}))


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/directives/?state=overdue", 'href="/directives/?state=overdue"'),
        ("http://elsewhere.example/directives/", 'href="/"'),
        ("", 'href="/"'),
    ],
)
def test_the_way_back_leads_only_to_our_own_pages(referer: str, back: str) -> None:
    assert f'class="button-main" {back}' in text_of(answer(Refused("web.unseen"), referer=referer))


def test_a_swapped_part_gets_only_the_sentence_and_keeps_its_form() -> None:
    response = answer(Refused("web.unseen"), {"reason": "x"}, htmx=True)
    assert response is not None
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in text_of(response)


def test_other_errors_are_not_swallowed() -> None:
    assert answer(ValueError()) is None
