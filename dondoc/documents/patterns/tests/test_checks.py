"""What is wrong with a template's Word file, named before anything is generated."""

from io import BytesIO

import pytest
from docx import Document

from dondoc.documents.patterns import Placeholder
from dondoc.documents.patterns.checks import problems
from dondoc.documents.patterns.declared import Field, templates
from dondoc.documents.patterns.tests.words import word

HEAD, FOOT = "{{p phần_đầu }}", "{{p phần_cuối }}"
DECLARED = [
    Placeholder("x", "nơi_gửi", "", "text", True, ""),
    Placeholder("more", "thêm", "", "text", False, ""),
    Placeholder("names", "các_tên", "", "list", False, []),
    Placeholder("rows", "các_việc", "", "rows", False, [], (Field("what", "việc", "", ""),)),
    Placeholder("body", "nội_dung", "", "clauses", False, []),
]
LOOP = ("{%p for một in các_việc %}", "{{ một.việc }}", "{%p endfor %}")
FINE = [
    (HEAD, "Gửi {{ nơi_gửi }}:", FOOT),
    (HEAD, "{{ nơi_gửi }}", *LOOP, "{% if thêm and not các_tên %}{{ thêm }}{% else %}–{% endif %}", FOOT),
    (
        HEAD,
        "{{ nơi_gửi }}",
        "{% for tên in các_tên %}{{ loop.index }}. {{ tên }}; {% endfor %}",
        "{{p nội_dung }}",
        FOOT,
    ),
]
WRONG = [
    ((HEAD, "{{ nơi_gửi }}"), [("template_lacks", "phần_cuối")]),
    ((HEAD, "Gửi ai", FOOT), [("template_lacks", "nơi_gửi")]),
    ((HEAD, "{{ nơi_gửi }} {{ noi_gui }}", FOOT), [("template_unknown", "noi_gui")]),
    ((HEAD, "{{ nơi_gửi", FOOT), [("template_syntax", "")]),
    ((HEAD, "{{ nơi_gửi }}", *LOOP[:2], FOOT), [("template_syntax", "")]),
    (("Kính: {{ phần_đầu }}", "{{ nơi_gửi }}", FOOT), [("template_block", "phần_đầu")]),
    ((HEAD, "{{ nơi_gửi }}", "{{ nội_dung }}", FOOT), [("template_block", "nội_dung")]),
    ((HEAD, "{{ nơi_gửi }}", "{{ các_tên }}", FOOT), [("template_needs_loop", "các_tên")]),
    ((HEAD, "{{ nơi_gửi }}", "{{ các_việc.việc }}", FOOT), [("template_needs_loop", "các_việc")]),
    ((HEAD, "{{ nơi_gửi }}", LOOP[0], "{{ một.hạn }}", LOOP[2], FOOT), [("template_unknown", "một.hạn")]),
    ((HEAD, "{{ nơi_gửi }}", LOOP[0], "{{ một }}", LOOP[2], FOOT), [("template_needs_field", "một")]),
    ((HEAD, "{% for c in nơi_gửi %}{{ c }}{% endfor %}", FOOT), [("template_no_list", "nơi_gửi")]),
    ((HEAD, "{{ nơi_gửi }}", "{% if lạ %}x{% endif %}", FOOT), [("template_unknown", "lạ")]),
]
COMMANDS = [
    "{{ nơi_gửi.__class__ }}",
    "{{ nơi_gửi()  }}",
    "{{ nơi_gửi|upper }}",
    "{{ 9 * 9 }}",
    "{{ các_việc[0] }}",
    "{% for i in range(9) %}x{% endfor %}",
    "{% for một in các_việc if một.việc %}x{% endfor %}",
    "{% set a = nơi_gửi %}",
    "{% include 'x' %}",
    "{% import 'x' as y %}",
    "{% macro m() %}x{% endmacro %}",
    "{% if nơi_gửi == thêm %}x{% endif %}",
    "{% raw %}x{% endraw %}{{ nơi_gửi ~ thêm }}",
]


@pytest.mark.parametrize("paragraphs", FINE)
def test_placeholders_loops_and_conditions_over_what_is_declared_are_fine(paragraphs: tuple[str, ...]) -> None:
    assert problems(word(*paragraphs), DECLARED) == []


@pytest.mark.parametrize(("paragraphs", "found"), WRONG)
def test_what_is_wrong_is_named(paragraphs: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    said = problems(word(*paragraphs), DECLARED)
    assert [(one.code.removeprefix("documents."), one.data["name"]) for one in said] == found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_template_commands_nothing(command: str) -> None:
    said = problems(word(HEAD, "{{ nơi_gửi }}", command, FOOT), DECLARED)
    assert len(said) == 1
    assert said[0].code in ("documents.template_command", "documents.template_unknown")


def test_a_problem_says_in_which_paragraph_it_is() -> None:
    (one,) = problems(word(HEAD, "Kính gửi: {{ nơi_gửi }}", "Nơi họp: {{ nơi_họp }}.", FOOT), DECLARED)
    assert one.source == "Nơi họp: {{ nơi_họp }}."


def test_a_placeholder_alone_in_its_paragraph_is_told_apart_from_the_one_in_the_next() -> None:
    (one,) = problems(word("{{p phần_đầu }}", "{{p nơi_gửi }}", "{{p nơi_họp }}", FOOT), DECLARED)
    assert one.source == "{{ nơi_họp }}"


def test_a_placeholder_that_word_has_cut_into_runs_is_read_whole() -> None:
    cut = word(HEAD, "{{ nơi_gửi }}", FOOT)
    made = Document(BytesIO(cut))
    paragraph = made.paragraphs[1]
    paragraph.runs[0].text = ""
    for piece in ("{", "{ nơi", "_gửi ", "}", "}"):
        paragraph.add_run(piece).bold = piece == "{"
    out = BytesIO()
    made.save(out)
    assert problems(out.getvalue(), DECLARED) == []


@pytest.mark.parametrize("one", templates(), ids=lambda one: one.code)
def test_ours_have_nothing_wrong(one: object) -> None:
    assert isinstance(one, type(templates()[0]))
    assert problems(one.docx, one.placeholders) == []
