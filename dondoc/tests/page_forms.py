"""The forms of a page, read as a browser would read them, and sent as it would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client


@dataclass
class Form:
    """A form of a page: where it goes and what it would send untouched."""

    action: str
    fields: dict[str, Any] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that write, with the values of their fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.text = ""
        self._open: Form | None = None
        self._area: str | None = None
        self._select: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form" and given.get("method") == "post":
            self._open = Form(given.get("action") or "")
            self.forms.append(self._open)
        elif self._open is not None and tag == "input" and given.get("name"):
            ticked = given.get("type") not in {"checkbox", "radio"} or "checked" in given
            if ticked and given.get("type") != "file":
                self._open.fields[str(given["name"])] = given.get("value") or ""
        elif self._open is not None and tag == "select" and given.get("name"):
            self._select = str(given["name"])
        elif self._open is not None and tag == "option" and self._select:
            if "selected" in given or self._select not in self._open.fields:
                self._open.fields[self._select] = given.get("value") or ""
        elif self._open is not None and tag == "textarea" and given.get("name"):
            self._area = str(given["name"])
            self._open.fields[self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._area is not None and self._open is not None:
            self._open.fields[self._area] += data


def form_of(client: Client, page: str, action: str) -> Form:
    """The form of a page that goes to this address."""
    answer = client.get(page)
    assert answer.status_code == 200, page
    found = [one for one in Forms(answer.content.decode()).forms if one.action == action]
    assert found, f"{page} has no form for {action}"
    return found[0]


def send(client: Client, form: Form, **typed: Any) -> Any:
    """Send the form with what was typed into it; "" for a file means none."""
    return client.post(form.action, {**form.fields, **typed})


def words(answer: Any) -> str:
    """What a person reads of an answer, on one line."""
    return " ".join(Forms(answer.content.decode()).text.split())
