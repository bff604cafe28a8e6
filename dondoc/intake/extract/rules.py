"""The register of rules: every value of a reading carries the name of the rule that found it, and every name has a title."""

TITLES: dict[str, str] = {}


def rule(name: str, title: str) -> str:
    """Register a rule's name ("figure.members") with the Vietnamese title that users see. Returns the name."""
    assert TITLES.setdefault(name, title) == title, f"two rules are named {name}"
    return name


def rule_title(name: str) -> str:
    """The Vietnamese title of a rule; the name itself where no rule has that name."""
    # The modules register their rules when they are first imported.
    from dondoc.intake.extract import reader  # noqa: F401

    return TITLES.get(name, name)
