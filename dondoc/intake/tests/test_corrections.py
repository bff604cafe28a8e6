"""What the office corrected becomes cases, and the present reader is tried on them."""

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from dondoc.intake import services
from dondoc.intake.cases import Case, written
from dondoc.intake.comparing import Comparison
from dondoc.intake.corrections import case_of_draft
from dondoc.intake.forms import EMPTY
from dondoc.intake.models import Draft
from dondoc.intake.tests import test_extract_cases
from dondoc.intake.tests.drafts import TEXT, Story, value

# The loader's own tests, by what they look at.
LOADED = {
    "facts": test_extract_cases.test_the_figures_are_those_of_the_text,
    "findings": test_extract_cases.test_the_findings_are_those_of_the_text,
    "directives": test_extract_cases.test_the_directives_are_those_of_the_text,
    "event": test_extract_cases.test_the_event_the_people_and_the_units_are_those_of_the_text,
}


def correct(story: Story, draft: Draft) -> None:
    """One value of each sort: a wrong number, one too many, one that was missed, a sentence of another kind, another unit."""
    act = story.act()
    members = value(draft, "figure", indicator="members")
    services.save_value(members.pk, {**members.content, "value": "79"}, seen=members.counter, act=act)
    cells = value(draft, "figure", indicator="cells")
    services.drop_value(cells.pk, seen=cells.counter, act=act)
    unit = value(draft, "unit", name="Sơn Tân")
    start = TEXT.index("những hạn chế")
    missed = {**EMPTY["finding"], "finding": "criticism", "of": unit.pk}
    services.add_value(draft.pk, "finding", missed, span=(start, start + len("những hạn chế, khuyết điểm")), act=act)


def corrected(story: Story, **more: Any) -> Draft:
    draft = story.receive(**more)
    correct(story, draft)
    story.confirm(draft)
    draft.refresh_from_db()
    return draft


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("corrections", *words, stdout=out)
    return out.getvalue()


def loaded(path: Path) -> list[Case]:
    cases: list[Case] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return cases


def test_a_draft_that_needed_no_correction_is_a_case_that_the_reader_passes(story: Story, tmp_path: Path) -> None:
    story.confirm(story.receive())
    run("--all", "--out", str(tmp_path))
    (path,) = tmp_path.glob("*.yaml")
    (case,) = loaded(path)
    assert case["text"] == TEXT
    assert case["corrected"] == []
    assert len(case["facts"]) >= 4
    for test in LOADED.values():
        test(case)


def test_a_corrected_draft_becomes_a_case_in_which_only_the_corrections_fail(story: Story, tmp_path: Path) -> None:
    draft = corrected(story)
    run("--out", str(tmp_path / "all.yaml"))
    (case,) = loaded(tmp_path / "all.yaml")
    assert case["units"] == ["xã Sơn Tân < huyện Cam Lâm"]
    assert case["leader"] == "Phó Bí thư Tỉnh ủy"
    assert case["event"]["date"].isoformat() == "2023-04-28"
    assert ["xã Sơn Tân", "members", 79, None, "78 đảng viên"] in case["facts"]
    assert not any(row[1] == "cells" for row in case["facts"])
    assert case["findings"] == [["criticism", "xã Sơn Tân", "những hạn chế, khuyết điểm"]]
    assert [(one["what"], one["kind"]) for one in case["corrected"]] == [
        ("corrected", "facts"),
        ("dropped", "facts"),
        ("added", "findings"),
    ]
    assert case["corrected"][0]["read"][2] == 78
    assert case["corrected"][1]["right"] is None
    LOADED["directives"](case)
    LOADED["event"](case)
    for kind in ("facts", "findings"):
        with pytest.raises(AssertionError):
            LOADED[kind](case)
    assert draft.state == Draft.State.CONFIRMED


def test_what_is_written_is_read_back_the_same(story: Story) -> None:
    case = case_of_draft(corrected(story))
    (again,) = yaml.safe_load(written(case))
    assert again == case


@pytest.mark.parametrize(
    "text", ["một dòng", "- a: b\n  c  \n\tx", " đầu dòng\n\ncuối \n", "NEL \x85 và \u2028 rồi", "'\"#: %\n"]
)
def test_any_text_is_read_back_byte_for_byte(text: str) -> None:
    case: Case = {"about": text, "text": text, "facts": [], "findings": [], "directives": [], "corrected": []}
    assert yaml.safe_load(written(case)) == [case]


def test_only_confirmed_drafts_and_only_corrected_ones_are_written(story: Story, tmp_path: Path) -> None:
    story.receive()
    assert "Đã ghi 0 văn bản" in run("--all", "--out", str(tmp_path / "out.yaml"))
    assert loaded(tmp_path / "out.yaml") == []
    story.confirm(Draft.objects.get())
    assert "Để lại 1 văn bản không phải sửa gì" in run("--out", str(tmp_path / "out.yaml"))
    assert "Đã ghi 1 văn bản" in run("--all", "--out", str(tmp_path / "out.yaml"))
    draft = Draft.objects.get()
    services.withdraw(draft.pk, reason="nhầm", seen=draft.version, act=story.act())
    assert "Đã ghi 0 văn bản" in run("--all", "--out", str(tmp_path / "out.yaml"))


def test_restricted_texts_leave_only_when_it_is_said(story: Story, tmp_path: Path) -> None:
    corrected(story, is_public=False)
    told = run("--out", str(tmp_path / "out"))
    assert "Để lại 1 văn bản không phổ biến rộng rãi" in told
    assert list(tmp_path.rglob("*.yaml")) == []
    assert "Không có văn bản nào" in run("--check")
    assert "Đã ghi 1 văn bản" in run("--out", str(tmp_path / "out"), "--restricted")
    assert len(list(tmp_path.rglob("*.yaml"))) == 1


def test_a_text_that_another_office_holds_as_restricted_does_not_leave(story: Story, tmp_path: Path) -> None:
    draft = corrected(story)
    Draft.objects.create(
        text=draft.text,
        digest=draft.digest,
        kind="report",
        is_public=False,
        owner=story.units["Huyện ủy Vạn Ninh"],
        created_by=story.clerk,
        created_on=draft.created_on,
    )
    assert "Đã ghi 0 văn bản" in run("--out", str(tmp_path / "out"))


def test_a_text_in_which_a_mark_of_secrecy_is_seen_by_now_never_leaves(story: Story, tmp_path: Path) -> None:
    draft = corrected(story)
    Draft.objects.filter(pk=draft.pk).update(text="TỐI MẬT\n" + draft.text)
    told = run("--out", str(tmp_path / "out"), "--restricted", "--all")
    assert "Để lại 1 văn bản có dấu mật" in told
    assert list(tmp_path.rglob("*.yaml")) == []


def test_only_texts_since_a_day_are_taken(story: Story, tmp_path: Path) -> None:
    corrected(story)
    assert "Đã ghi 0 văn bản" in run("--since", "05/05/2023", "--out", str(tmp_path / "out"))
    assert "Đã ghi 1 văn bản" in run("--since", "04/05/2023", "--out", str(tmp_path / "out"))


def test_a_file_that_was_not_finished_leaves_nothing_behind(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrected(story)

    def full(_case: Case) -> str:
        raise OSError(28, "full", "out.yaml")

    monkeypatch.setattr("dondoc.intake.management.commands.corrections.written", full)
    with pytest.raises(CommandError, match=r"out\.yaml"):
        run("--out", str(tmp_path / "out.yaml"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "--out"),
        (["--check", "--since", "hôm qua"], "28/04/2023"),
        (["--cases", "x"], "--check"),
        (["--check", "--cases", "none.yaml"], "Không đọc"),
    ],
)
def test_what_cannot_be_done_is_told(words: list[str], why: str, story: Story) -> None:
    with pytest.raises(CommandError, match=why):
        run(*words)


def test_the_check_counts_what_the_present_reader_gets_right(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    corrected(story)
    told = run("--check")
    assert "nay đọc đúng 0/3 chỗ đã sửa" in told
    rows = {
        cells[0].strip(): [one.strip() for one in cells[1:]]
        for cells in (line.split("│")[1:-1] for line in told.splitlines())
        if cells
    }
    # Of four figures that were confirmed three are read as they are; two more are read that were not.
    confirmed, read, same, precision, recall, f1 = rows["Số liệu"]
    assert int(read) == int(confirmed) + 1
    assert int(same) == int(confirmed) - 1
    assert precision == f"{int(same) / int(read):.3f}".replace(".", ",")
    assert recall == f"{int(same) / int(confirmed):.3f}".replace(".", ",")
    assert f1 == f"{2 * int(same) / (int(read) + int(confirmed)):.3f}".replace(".", ",")
    assert rows["Nhận xét"][:3] == ["1", "0", "0"]
    assert rows["Ngày"][:3] == rows["Chủ trì"][:3] == ["1", "1", "1"]


def test_the_check_sees_when_the_reader_has_learnt(story: Story, tmp_path: Path) -> None:
    """The text itself is changed instead of the reader: then it says what the people had corrected."""
    corrected(story)
    run("--out", str(tmp_path / "all.yaml"))
    (case,) = loaded(tmp_path / "all.yaml")
    case["text"] = case["text"].replace("78 đảng viên thuộc 5 chi bộ", "79 đảng viên")
    (tmp_path / "all.yaml").write_text(yaml.safe_dump([case], allow_unicode=True), encoding="utf-8")
    told = run("--check", "--cases", str(tmp_path))
    assert "nay đọc đúng 2/3 chỗ đã sửa" in told
    assert told.count("●") == 3  # two lines, and the word that explains the sign
    assert told.count("○") == 2


def test_cases_of_the_project_itself_can_be_checked() -> None:
    comparison = Comparison()
    cases = [case for case in loaded(Path(__file__).parent / "cases" / "visits.yaml") if "text" in case]
    for case in cases:
        comparison.add(case)
    for kind in ("units", "findings", "directives"):
        assert comparison.scores[kind].confirmed == sum(len(case.get(kind, [])) for case in cases)
    units = comparison.scores["units"].f1
    assert units is not None
    assert units > 0.8


def test_a_year_that_a_person_added_is_not_asked_of_the_reader(story: Story) -> None:
    draft = story.receive(TEXT.replace("Ngày 28-4-2023", "Ngày 28-4"))
    day = value(draft, "event", "date")
    assert day.content["day"] is None
    services.save_value(day.pk, {**day.content, "day": "2023-04-28"}, seen=day.counter, act=story.act())
    story.confirm(draft)
    case = case_of_draft(draft)
    assert case["event"]["month_day"] == "04-28"
    assert "date" not in case["event"]
    assert case["corrected"] == []


def test_a_unit_that_was_looked_up_is_kept_with_its_place_and_not_counted(story: Story) -> None:
    draft = story.receive(TEXT.replace(" (huyện Cam Lâm)", "").replace("Sơn Tân", "Sơn Tấn"))
    unit = value(draft, "unit", name="Sơn Tấn")
    chosen = {**unit.content, "unit": story.units["Xã Cam Hải Tây"].pk, "how": "chosen"}
    services.save_value(unit.pk, chosen, seen=unit.counter, act=story.act())
    story.confirm(draft)
    case = case_of_draft(draft)
    assert case["chosen"] == {"xã Sơn Tấn": "Xã Cam Hải Tây, Huyện ủy Cam Lâm, Tỉnh ủy Khánh Hòa"}
    assert [one["what"] for one in case["corrected"]] == ["chosen"]
    comparison = Comparison()
    assert comparison.add(case) == []
    assert comparison.chosen == 1


def test_the_check_asks_the_database_a_few_times_for_a_draft_however_many_values_it_has(
    story: Story, django_assert_max_num_queries: Any
) -> None:
    corrected(story)
    with django_assert_max_num_queries(8):
        run("--check")


def test_a_sentence_that_was_only_cut_otherwise_is_a_correction(story: Story) -> None:
    draft = story.receive()
    directive = value(draft, "directive")
    read = TEXT[directive.span_start : directive.span_end]
    shorter = (directive.span_start or 0, TEXT.index(", khuyết điểm."))
    services.save_value(directive.pk, directive.content, seen=directive.counter, act=story.act(), span=shorter)
    story.confirm(draft)
    (one,) = case_of_draft(draft)["corrected"]
    assert (one["what"], one["kind"]) == ("corrected", "directives")
    assert (one["read"][3], one["right"][3]) == (read, TEXT[slice(*shorter)])


def test_taking_a_correction_back_also_brings_back_the_place(story: Story) -> None:
    draft = story.receive()
    directive = value(draft, "directive")
    was = (directive.span_start, directive.span_end)
    kept = services.save_value(directive.pk, directive.content, seen=directive.counter, act=story.act(), span=(0, 20))
    assert kept.value.differs
    back = services.undo_value(directive.pk, seen=kept.value.counter, act=story.act()).value
    assert (back.span_start, back.span_end) == was
    assert not back.differs
