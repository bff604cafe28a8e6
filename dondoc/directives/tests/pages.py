"""A province's leader speaks to three communes: the data on which the pages of directives are tried.

    story = tell()
    sign_in(client, story.people["clerk"])
    client.get(story.sheet)

Our own sentences; units and people are invented.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.urls import reverse

from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import hold
from dondoc.directives import services
from dondoc.directives.models import Assignment, Directive
from dondoc.directives.services import OriginData
from dondoc.documents.models import Source
from dondoc.history.services import Act
from dondoc.organisations.models import Unit
from dondoc.organisations.tests.trees import draw

SAID_ON = date(2023, 4, 28)
TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
          Chi bộ thôn 1
          Chi bộ thôn 2
          Mặt trận xã A1
          Đoàn xã A1
        Xã A2
          Chi bộ thôn 3
          Mặt trận xã A2
          Đoàn xã A2
        Xã A3
          Mặt trận xã A3
          Đoàn xã A3
      Huyện ủy B
        Xã B1
"""
SENTENCES = (
    ("unit", "Đảng ủy xã A1", "khắc phục ngay những thiếu sót trong kiểm tra, nhắc việc đã nêu tại buổi làm việc"),
    ("unit", "Đảng ủy xã A1", "củng cố năng lực lãnh đạo của cấp ủy, giữ vững đoàn kết nội bộ"),
    ("localities", "Đảng ủy các xã", "theo dõi, nhắc các chi bộ làm tốt việc phát triển đảng viên"),
    ("fronts", "Mặt trận và đoàn thể các xã", "lựa chọn quần chúng ưu tú, giới thiệu cho chi bộ xem xét bồi dưỡng"),
    ("localities", "Đảng ủy các xã", "tổ chức sinh hoạt chi bộ có nội dung sát với việc của địa phương"),
    ("heads", "người đứng đầu các xã", "đổi mới cách điều hành, phân công rõ người rõ việc"),
    ("heads", "người đứng đầu các xã", "xây dựng quy chế làm việc từ thực tế của xã"),
    ("heads", "người đứng đầu các xã", "lập kế hoạch khắc phục những mặt còn yếu"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What `tell` has made."""

    units: dict[str, Unit]
    people: dict[str, Account]
    directives: list[Directive]
    sheet: str

    def act(self, who: str, day: date = SAID_ON) -> Act:
        """An act of one of the people."""
        return act_of(self.people[who], day)

    def assignment(self, unit: str, number: int = 0) -> Assignment:
        """One of the assignments of a unit, in the order of the sentences."""
        mine = Assignment.objects.filter(roles__role="receiver", roles__unit=self.units[unit], parent=None)
        return mine.order_by("directive__span_start", "pk").distinct()[number]


def act_of(account: Account, day: date = SAID_ON) -> Act:
    """An act of this person through the first post that they hold."""
    post = Post.objects.get(terms__account=account)
    return Act(account.pk, post.pk, post.unit_id, day, datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def tell(tree: str = TREE, key: int = 1, day: date = SAID_ON) -> Told:
    """Units, people, a session with its directives, and the drafted assignments."""
    units = draw(tree)
    people = {
        "leader": hold(units["Tỉnh ủy"], "leader", title="Phó Bí thư Tỉnh ủy"),
        "clerk": hold(units["Tỉnh ủy"], "clerk", title="Chuyên viên Văn phòng Tỉnh ủy"),
        "district": hold(units["Huyện ủy A"], "leader", title="Bí thư Huyện ủy A"),
        "district clerk": hold(units["Huyện ủy A"], "clerk", title="Văn phòng Huyện ủy A"),
        "outsider": hold(units["Huyện ủy B"], "leader", title="Bí thư Huyện ủy B"),
    }
    for name, unit in units.items():
        if ">" in name:
            continue
        if name.startswith("Xã"):
            people[name] = hold(unit, "head", title=f"Bí thư Đảng ủy {name.lower()}")
            people[f"{name} clerk"] = hold(unit, "clerk", title=f"Văn phòng Đảng ủy {name.lower()}")
        elif name.startswith(("Chi bộ", "Mặt trận", "Đoàn")):
            kind = "head" if name.startswith("Chi bộ") else "officer"
            people[name] = hold(unit, kind, title=f"Phụ trách {name.lower()}")
    communes = [units[name] for name in ("Xã A1", "Xã A2", "Xã A3") if name in units]
    directives = record(units, people, communes, key, day)
    sheet = reverse("directives:prepare", args=["working_session", key])
    return Told(units, people, directives, sheet)


def record(
    units: dict[str, Unit], people: dict[str, Account], communes: list[Unit], key: int, day: date
) -> list[Directive]:
    """The session's directives with their drafts."""
    text = f"Buổi làm việc số {key}. " + ". ".join(f"Yêu cầu {to} {said}" for _kind, to, said in SENTENCES) + "."
    source = Source.objects.create(
        kind="article",
        title="Lãnh đạo Tỉnh ủy làm việc với ba xã",
        publisher="Báo tỉnh",
        published_on=day,
        is_public=True,
        text=text,
        digest=f"{key:064d}",
        owner=units["Tỉnh ủy"],
        received_on=day,
    )
    act = act_of(people["clerk"], day)
    directives = []
    for kind, to, said in SENTENCES:
        start = text.index(said)
        origin = OriginData(
            kind="working_session",
            key=key,
            label=f"Làm việc với Đảng ủy ba xã, {day:%d/%m/%Y}",
            source=source.pk,
            span_start=start,
            span_end=start + len(said),
            said_on=day,
            author_unit=units["Tỉnh ủy"].pk,
            author_post=Post.objects.get(terms__account=people["leader"]).pk,
            author_title="Phó Bí thư Tỉnh ủy",
            text=said,
        )
        named = [units["Xã A1"].pk] if kind == "unit" else [one.pk for one in communes]
        directives.append(services.record_directive(origin, addressee=to, receivers=kind, units=named, act=act))
    services.draft_assignments([one.pk for one in directives], [one.pk for one in communes], act)
    return directives


def issued(story: Told, day: date = SAID_ON) -> list[Assignment]:
    """All assignments approved and issued by word of mouth."""
    drafts = list(Assignment.objects.filter(state="drafted"))
    seen = {one.pk: one.version for one in drafts}
    approved = services.approve(list(seen), seen=seen, act=story.act("leader", day))
    seen = {one.pk: one.version for one in approved}
    return services.issue(list(seen), oral=True, seen=seen, act=story.act("clerk", day))
