"""An office confirms only sessions in its own hands: led by its leaders or leaders below, with units that were under them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import hold, sign_in
from dondoc.intake import services
from dondoc.intake.models import Draft
from dondoc.intake.tests.drafts import TEXT, Story, codes, value
from dondoc.lib.refusals import Refused
from dondoc.working_sessions.models import WorkingSession


def at_home(story: Story, office: str, post: str = "clerk") -> Account:
    """Someone of another office, with the text that story's people bring as well."""
    return hold(story.units[office], post, title=f"{post} {office}")


def received_by(story: Story, account: Account, office: str) -> Draft:
    options: dict[str, Any] = {"kind": "article", "is_public": True, "owner": story.units[office].pk}
    return services.receive(services.read_source(TEXT), **options, act=story.act(account)).draft


def choose_post(draft: Draft, post_pk: int) -> None:
    """The draft as somebody left it who came past the form."""
    leader = value(draft, "event", "leader")
    leader.content = {**leader.content, "post": post_pk, "how": "chosen"}
    leader.save()


@pytest.mark.parametrize("office", ["Huyện ủy Vạn Ninh", "Huyện ủy Cam Lâm", "Huyện ủy Cam Lâm > Xã Sơn Tân"])
def test_an_office_confirms_no_session_of_a_leader_above_or_beside_it(story: Story, office: str) -> None:
    account = at_home(story, office)
    draft = received_by(story, account, office)
    choose_post(draft, story.leader_post.pk)
    assert "leader_outside" in codes(draft)
    with pytest.raises(Refused, match="not_ready"):
        story.confirm(draft, account)
    assert not WorkingSession.objects.exists()


def test_an_office_confirms_no_session_with_units_that_were_not_under_its_leader(story: Story) -> None:
    account, leader = at_home(story, "Huyện ủy Vạn Ninh"), at_home(story, "Huyện ủy Vạn Ninh", "leader")
    draft = received_by(story, account, "Huyện ủy Vạn Ninh")
    choose_post(draft, Post.objects.get(terms__account=leader).pk)
    assert codes(draft) == ["unit_outside"]
    with pytest.raises(Refused, match="not_ready"):
        story.confirm(draft, account)


def test_an_office_confirms_sessions_led_by_leaders_below_it(story: Story) -> None:
    leader = at_home(story, "Huyện ủy Cam Lâm", "leader")
    draft = story.receive(TEXT.replace("Phó Bí thư Tỉnh ủy", "leader Huyện ủy Cam Lâm"))
    choose_post(draft, Post.objects.get(terms__account=leader).pk)
    assert codes(draft) == []
    assert story.confirm(draft).led_by == story.units["Huyện ủy Cam Lâm"]


def test_a_unit_elsewhere_is_offered_as_not_under_the_leader(client: Client, story: Story) -> None:
    unit = value(story.receive(), "unit", name="Sơn Tân")
    sign_in(client, story.clerk)
    page = client.get(reverse("intake:draft", args=[unit.draft_id]), {"edit": str(unit.pk), "find": "Sơn Tân"})
    assert page.content.decode().count("ngày đó không thuộc cấp ủy của người chủ trì") == 1


def test_the_posts_offered_are_of_the_office_and_below(client: Client, story: Story) -> None:
    at_home(story, "Huyện ủy Cam Lâm", "leader")
    account = at_home(story, "Huyện ủy Cam Lâm")
    draft = received_by(story, account, "Huyện ủy Cam Lâm")
    leader = value(draft, "event", "leader")
    page = sign_in(client, account).get(reverse("intake:draft", args=[draft.pk]), {"edit": leader.pk}).content.decode()
    assert "leader Huyện ủy Cam Lâm (Huyện ủy Cam Lâm)" in page
    assert "Phó Bí thư Tỉnh ủy (Tỉnh ủy Khánh Hòa)" not in page
