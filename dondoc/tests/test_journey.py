"""The main job, end to end, in a real browser: from the press article to a verified result, and past the reorganisation of 2025.

One test, because each step stands on the ones before; a step that fails names itself. `-s` shows the keystrokes and the durations.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytest.register_assert_rewrite(
    "dondoc.tests.journey_walk",
    "dondoc.tests.journey_intake",
    "dondoc.tests.journey_issue",
    "dondoc.tests.journey_work",
    "dondoc.tests.journey_later",
)

from dondoc.overview.demonstration.build import build  # noqa: E402
from dondoc.tests import journey_intake, journey_issue, journey_later, journey_work  # noqa: E402
from dondoc.tests.journey_walk import PATIENCE, Walk  # noqa: E402

STEPS = (*journey_intake.STEPS, *journey_issue.STEPS, *journey_work.STEPS, *journey_later.STEPS)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_press_article_becomes_verified_work_and_outlives_its_district(
    open_page: Callable[..., Page], complaints: list[str]
) -> None:
    expect.set_options(timeout=PATIENCE)
    build()
    walk = Walk(open_page, complaints)
    for step in STEPS:
        with walk.step(step.__name__.replace("_", " ")):
            step(walk)
    took = [f"{seconds:6.1f} s  {name}" for name, seconds in walk.took]
    walk.say("\n".join([*took, f"{sum(seconds for _, seconds in walk.took):6.1f} s  altogether"]))
