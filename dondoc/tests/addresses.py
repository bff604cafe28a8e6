"""Every address of the product, for the tests that go through all of them."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its full name, its view, and the names of its arguments with whether each is a number."""

    name: str
    view: Callable[..., Any]
    arguments: tuple[tuple[str, bool], ...]

    @property
    def ours(self) -> bool:
        """Whether the view is our own code, not a library's."""
        return str(inspect.unwrap(self.view).__module__).startswith("dondoc.")

    @property
    def writes(self) -> bool:
        """Whether the view wears `@writes`."""
        return bool(getattr(self.view, "writes", False))

    def url(self, **values: Any) -> str:
        """The address with these arguments; 1 or "x" for those not given."""
        filled = {name: values.get(name, 1 if number else "x") for name, number in self.arguments}
        return reverse(self.name, kwargs=filled)


def addresses() -> Iterator[Address]:
    """All addresses, from the root on."""

    def walk(resolver: URLResolver, names: tuple[str, ...]) -> Iterator[Address]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from walk(one, (*names, one.namespace) if one.namespace else names)
            else:
                arguments = tuple(
                    (name, isinstance(converter, IntConverter)) for name, converter in one.pattern.converters.items()
                )
                yield Address(":".join((*names, str(one.name))), one.callback, arguments)

    yield from walk(get_resolver(), ())
