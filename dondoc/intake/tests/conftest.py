"""What the tests of drafts share."""

from dondoc.intake.tests.drafts import story

__all__ = ["story"]
