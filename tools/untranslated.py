"""Says which sentences that a person can meet have no Vietnamese: ours, and those that our pages take from Django and allauth.

What our pages take is followed, not listed: from the addresses to allauth's views, from views to their templates and forms, from all
forms to their fields, widgets and validators. `--stubs` prints the missing entries, folder by folder, as they stand in a django.po.
"""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HOME))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")

import django  # noqa: E402
from sentences import Sentence, Unreadable, in_object, in_python, in_template  # noqa: E402

# The folder whose catalogue holds what the libraries lack.
LIBRARIES = "accounts"
# Parts of allauth that its templates speak of and that are not installed.
ABSENT = ("socialaccount/", "usersessions/")
# What a page can show; Django's views speak to programmers.
SHOWN = ("django.forms.", "django.core.", "django.contrib.", "django.db.", "allauth.")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]|%[sd]|\{(\w*)\}")
_NEXT = re.compile(r"""\{%\s*(extends|include|element)\s+['"]?([\w./-]+)['"]?""")
_FILTERS = re.compile(r"\|\s*(\w+)")


def ours() -> Iterator[Sentence | Unreadable]:
    """The sentences of our own Python and templates."""
    for path in sorted((HOME / "dondoc").rglob("*.py")):
        if {"tests", "migrations"}.isdisjoint(path.parts):
            yield from in_python(path.read_text(encoding="utf-8"), str(path.relative_to(HOME)))
    for path in our_templates():
        yield from in_template(path.read_text(encoding="utf-8"), str(path.relative_to(HOME)))


def our_templates() -> list[Path]:
    """Every template of the project."""
    return sorted(path for path in (HOME / "dondoc").glob("*/templates/**/*") if path.suffix in {".html", ".txt"})


def exposed_views() -> list[tuple[str, type]]:
    """The name and class of each of allauth's views that has an address here."""
    from django.urls import URLResolver, get_resolver

    found: list[tuple[str, type]] = []

    def walk(resolver: URLResolver) -> None:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                walk(one)
            else:
                view = getattr(one.callback, "view_class", None)
                if view and view.__module__.startswith("allauth."):
                    found.append((str(one.name), view))

    walk(get_resolver())
    return found


def library_templates(views: Iterable[tuple[str, type]]) -> Iterator[Sentence]:
    """The sentences of allauth's templates that are shown: none where a template of ours stands in its place."""
    from django.template.utils import get_app_template_dirs

    folders = get_app_template_dirs("templates")
    views = list(views)
    waiting = [
        value
        for _, view in views
        for name in dir(view)
        if "template" in name and isinstance(value := getattr(view, name), str) and "." in value
    ]
    words = {word for name, _ in views for word in name.split("_")}
    allauth = Path(sys.modules["allauth"].__file__ or "").parent / "templates"
    for folder in ("account", "mfa"):
        for message in (allauth / folder / "messages").glob("*.txt"):
            # A message about e-mail addresses or telephones needs the pages that keep them.
            if not {"email", "phone"} & set(message.stem.split("_")) - words:
                waiting.append(f"{folder}/messages/{message.name}")
    waiting += [str(path.relative_to(HOME)).split("/templates/")[1] for path in our_templates()]
    seen = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name.startswith(ABSENT):
            continue
        seen.add(name)
        found = next((path for folder in folders if (path := Path(folder) / name).is_file()), None)
        if found is None:
            continue
        source = found.read_text(encoding="utf-8")
        for how, target in _NEXT.findall(source):
            waiting.append(f"allauth/elements/{target}.html" if how == "element" else target)
        if not found.is_relative_to(HOME / "dondoc"):
            yield from in_template(source, name)


def library_python(views: Iterable[tuple[str, type]]) -> Iterator[Sentence]:
    """The sentences of the libraries' Python behind our pages."""
    from allauth.account.adapter import DefaultAccountAdapter
    from allauth.mfa.adapter import DefaultMFAAdapter
    from allauth.mfa.models import Authenticator
    from django import forms
    from django.conf import settings
    from django.utils.module_loading import import_string

    things: list[Any] = [DefaultAccountAdapter, DefaultMFAAdapter, Authenticator.Type]
    things += [import_string(one["NAME"]) for one in settings.AUTH_PASSWORD_VALIDATORS]
    shown: list[type[forms.BaseForm]] = []
    for _, view in views:
        things.append(view)
        form = getattr(view, "form_class", None)
        if form:
            shown.append(form)
    # The addresses have been read, so every form of ours behind them is known to Python.
    known = list(forms.BaseForm.__subclasses__())
    for form in known:
        known += [one for one in form.__subclasses__() if one not in known]
    shown += [form for form in known if form.__module__.startswith("dondoc.")]
    for form in shown:
        things.append(form)
        for field in getattr(form, "base_fields", {}).values():
            things += [type(field), type(field.widget), *field.validators]
    seen = set()
    for thing in things:
        classes = thing.__mro__ if isinstance(thing, type) else (thing,) if callable(thing) else ()
        if not isinstance(thing, type) and not hasattr(thing, "__name__"):
            classes = type(thing).__mro__
        for one in classes:
            module = str(getattr(one, "__module__", ""))
            if module.startswith(SHOWN) and one not in seen:
                seen.add(one)
                yield from in_object(one)


def filters_used() -> Iterator[Sentence]:
    """The sentences of Django's template filters, as far as our templates use them."""
    import django.utils.timesince
    from django.contrib.humanize.templatetags import humanize
    from django.template import defaultfilters

    used = {name for path in our_templates() for name in _FILTERS.findall(path.read_text(encoding="utf-8"))}
    if used & {"timesince", "timeuntil", "naturaltime"}:
        yield from in_object(django.utils.timesince)
    if "naturaltime" in used:
        yield from in_object(humanize.NaturalTimeFormatter)
    for name in sorted(used):
        function = getattr(humanize, name, None) or getattr(defaultfilters, name, None)
        if function and str(getattr(function, "__module__", "")).startswith("django."):
            yield from in_object(function)


def placeholders(text: str) -> set[str]:
    """The values that a sentence has room for."""
    return {match[1] or match[2] or match[0] for match in _PLACEHOLDER.finditer(text.replace("%%", ""))}


def main() -> int:
    """Print what is missing; 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stubs", action="store_true", help="print the missing entries as they stand in a django.po")
    options = parser.parse_args()
    django.setup()
    from django.utils.translation import trans_real

    # Django's own way of merging: our folders win over the libraries, in the order of INSTALLED_APPS.
    catalogue = trans_real.translation("vi")._catalog  # type: ignore[attr-defined]
    views = exposed_views()
    theirs = [*library_templates(views), *library_python(views), *filters_used()]
    complaints = 0
    missing: dict[tuple[str, str | tuple[str, int]], Sentence] = {}
    for found in [*ours(), *theirs]:
        if isinstance(found, Unreadable):
            print(f"{found.place}: put together at run time, so it cannot be translated")
            complaints += 1
            continue
        folder = found.place.split("/")[1] if found.place.startswith("dondoc/") else LIBRARIES
        translated = catalogue.get(found.key)
        if not translated:
            missing.setdefault((folder, found.key), found)
        elif extra := placeholders(translated) - placeholders(f"{found.text} {found.plural or ''}"):
            print(f"{found.place}: the translation of {found.text!r} has no value for {', '.join(sorted(extra))}")
            complaints += 1
        elif lost := placeholders(found.text) & placeholders(found.plural or found.text) - placeholders(translated):
            print(f"{found.place}: the translation of {found.text!r} loses {', '.join(sorted(lost))}")
            complaints += 1
    for (folder, _), found in sorted(missing.items(), key=lambda item: (item[0][0], item[1].place)):
        if options.stubs:
            print(f"# dondoc/{folder}/locale/vi/LC_MESSAGES/django.po\n{stub(found)}")
        else:
            print(f"{found.place}: not in Vietnamese: {found.text!r}")
    complaints += len(missing)
    if complaints:
        print(f"{complaints} sentences are not ready.", file=sys.stderr)
    return 1 if complaints else 0


def stub(found: Sentence) -> str:
    """An entry without its translation."""
    import polib

    entry = polib.POEntry(msgid=found.text, msgctxt=found.context, occurrences=[(found.place.split(":")[0], "")])
    if found.plural:
        entry.msgid_plural = found.plural
        entry.msgstr_plural = {0: ""}
    return str(entry)


if __name__ == "__main__":
    sys.exit(main())
