"""What holds for every template of the project: nothing inline, and nothing from another server."""

import re
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in HOME.glob("*/templates/**/*") if path.is_file())
FORBIDDEN = {
    "an inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(
        r"<script(?![^>]*\ssrc\s*=)(?![^>]*\stype=\"application/json\")[^>]*>", re.IGNORECASE
    ),
    "an inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "evaluated script": re.compile(r"\bhx-on\b|hx-vals\s*=\s*['\"]js:|javascript:", re.IGNORECASE),
    "something from another server": re.compile(r"(?:src|href)\s*=\s*['\"](?:https?:)?//", re.IGNORECASE),
}


def markup(path: Path) -> str:
    """The page without its template tags: `{% query on=… %}` is no handler."""
    return re.sub(r"{%.*?%}|{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOME)))
def test_a_template_has_nothing_inline_and_nothing_foreign(path: Path) -> None:
    text = markup(path)
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('<p style="color:red">', "an inline style"),
        ("<style>p{}</style>", "an inline style"),
        ("<script>go()</script>", "an inline script"),
        ('<button onclick="go()">', "an inline handler"),
        ('<img src="//elsewhere/x.png">', "something from another server"),
    ],
)
def test_the_search_finds_what_it_forbids(text: str, name: str) -> None:
    assert FORBIDDEN[name].search(text)


def whole(form: str) -> str:
    """The form with the text of what it includes."""
    by_name = {str(path).rpartition("/templates/")[2]: path for path in TEMPLATES}
    included = [by_name[name] for name in re.findall(r"{% include \"([^\"]+)\"", form) if name in by_name]
    return form + "".join(path.read_text(encoding="utf-8") for path in included)


def test_a_form_that_posts_carries_its_token() -> None:
    without = [
        (path.name, form)
        for path in TEMPLATES
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(encoding="utf-8"), re.S | re.I)
        if "csrf_token" not in whole(form) and "act_fields" not in whole(form)
    ]
    assert without == []
