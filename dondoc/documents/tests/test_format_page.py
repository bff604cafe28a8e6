"""The check of a document's form as a page and as a command: the same words, nothing kept."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dondoc.accounts.tests.people import account, sign_in
from dondoc.command import main
from dondoc.documents.models import StoredFile
from dondoc.documents.tests.wordings import LEVELS, PROVINCE, word_file

PAGE = "/documents/check/"


@pytest.fixture
def someone(client: Client, db: None) -> Client:
    return sign_in(client, account("van-phong"))


def upload(content: bytes, name: str = "thông báo.docx") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "level": "", "on": ""}


def test_the_page_says_what_has_to_be_changed_and_keeps_nothing(someone: Client) -> None:
    assert "Kiểm tra thể thức văn bản" in someone.get(PAGE).content.decode()
    wrong = word_file(replace(PROVINCE, mark="TM. BAN THƯỜNG VỤ", number="Số 7-TB/TU"))
    said = someone.post(PAGE, upload(wrong)).content.decode()
    assert "Văn bản chưa đúng thể thức ở 2 chỗ." in said
    assert "Số nhỏ hơn 10 phải có số 0 đứng trước." in said
    assert "dùng gạch chéo, không dùng dấu chấm" in said
    assert "thông báo.docx" in said
    assert "Không thấy chỗ nào sai thể thức" in someone.post(PAGE, upload(word_file(PROVINCE))).content.decode()
    assert not StoredFile.objects.exists()


def test_level_day_and_draft_may_be_chosen_on_the_page(someone: Client) -> None:
    blank = word_file(replace(LEVELS["commune"], number="Số      -TB/ĐU", signer=""))
    assert "ở 2 chỗ" in someone.post(PAGE, upload(blank)).content.decode()
    assert "Không thấy chỗ nào sai thể thức" in someone.post(PAGE, upload(blank) | {"draft": "on"}).content.decode()
    said = someone.post(PAGE, upload(blank) | {"draft": "on", "level": "district", "on": "1/9/2025"}).content.decode()
    assert "Vào ngày của văn bản không có cấp này." in said


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.docx", "Tệp không có nội dung"),
        (b"\xd0\xcf\x11\xe0 old", "a.docx", "tệp Word hoặc Excel định dạng cũ"),
        (b"PK\x03\x04 broken", "a.docx", "có thể tệp bị hỏng"),
        (word_file(replace(PROVINCE, body=("MẬT", "Nội dung."))), "a.docx", "không được đưa vào hệ thống này"),
        (b"words", "a.txt", "Đây không phải tệp Word"),
    ],
    ids=["empty", "old", "broken", "secret", "text"],
)
def test_a_file_that_cannot_be_checked_is_answered_with_what_to_do(
    someone: Client, content: bytes, name: str, sentence: str
) -> None:
    answer = someone.post(PAGE, upload(content, name))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_command_says_the_same_and_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right, wrong = tmp_path / "đúng.docx", tmp_path / "sai.docx"
    right.write_bytes(word_file(PROVINCE))
    wrong.write_bytes(word_file(replace(PROVINCE, title="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")))
    assert main(["documents", "check", str(right)]) == 0
    assert "đúng thể thức." in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["documents", "check", str(right), str(wrong)])
    assert ended.value.code == 1
    told = capsys.readouterr().out
    assert "sai.docx: chưa đúng thể thức ở 1 chỗ." in told
    assert "Phần đầu là của văn bản Nhà nước." in told
    assert "Cần: ĐẢNG CỘNG SẢN VIỆT NAM." in told


def test_the_command_tells_a_file_that_is_not_there_and_a_level_that_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["documents", "check", str(tmp_path / "không có.docx")])
    assert ended.value.code == 1
    assert "không mở được tệp này" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["documents", "check", "--level", "xã", str(tmp_path)])
    assert ended.value.code == 2
    assert "Không có cấp «xã»" in capsys.readouterr().err
