"""The finder of sentences: what it must see in Python and templates, and what it must not take for a sentence."""

from types import ModuleType

import pytest

from dondoc.tests.test_tooling import HOME, tool

HEAD = "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"


@pytest.fixture(scope="module")
def sentences() -> ModuleType:
    return tool("sentences")


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('_("Overdue")', ["Overdue"]),
        ('_("Two halves " "of one")', ["Two halves of one"]),
        ('_("Two halves " + "of one")', ["Two halves of one"]),
        ('ngettext("%d day", "%d days", n)', [("%d day", 0)]),
        ('pgettext("month", "May")', ["month\x04May"]),
        ('print("not a sentence")', []),
        ('gettext("not imported")', []),
    ],
)
def test_python_gives_its_sentences(sentences: ModuleType, source: str, keys: list[object]) -> None:
    assert [found.key for found in sentences.in_python(HEAD + source, "here")] == keys


@pytest.mark.parametrize("source", ["_(name)", '_(f"{name} is late")', '_("late: " + name)', "_()"])
def test_a_sentence_put_together_at_run_time_is_reported(sentences: ModuleType, source: str) -> None:
    assert list(sentences.in_python(HEAD + source, "here")) == [sentences.Unreadable("here:2")]


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        ('{% translate "Overdue" %}', ["Overdue"]),
        ('{% translate "May" context "month" %}', ["month\x04May"]),
        ('{% translate "100 %" %}', ["100 %%"]),
        ('<a title="{% translate "It is \'late\'" %}">', ["It is 'late'"]),
        ("{% blocktranslate %}Until {{ day }}{% endblocktranslate %}", ["Until %(day)s"]),
        ("{% blocktranslate trimmed %}\n  Until\n  {{ day }}\n{% endblocktranslate %}", ["Until %(day)s"]),
        (
            "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            [("%(n)s day", 0)],
        ),
        ('{{ name|default:_("nobody") }}', ["nobody"]),
        ('{% include "x.html" with label=_("Deadline") %}', ["Deadline"]),
        ("<p>{{ name }}</p>", []),
        ("{% comment %}{% translate 'no more' %}{% endcomment %}", []),
    ],
)
def test_a_template_gives_its_sentences(sentences: ModuleType, source: str, keys: list[object]) -> None:
    assert [found.key for found in sentences.in_template(source, "here")] == keys


def test_places_are_lines(sentences: ModuleType) -> None:
    assert [found.place for found in sentences.in_template('<p>\n\n{% translate "a" %}', "here")] == ["here:3"]
    assert [found.place for found in sentences.in_python(HEAD + '\n_("a")', "here")] == ["here:3"]


def test_our_own_sentences_are_found_in_this_project(sentences: ModuleType) -> None:
    path = HOME / "dondoc" / "web" / "texts.py"
    assert len(list(sentences.in_python(path.read_text(encoding="utf-8"), "texts.py"))) >= 3
