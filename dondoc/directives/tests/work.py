"""Work for tests: a drawn tree, people who hold its posts, and assignments brought to a state through the real services.

place = Place('''Tỉnh ủy > Huyện ủy A > Xã A1''')
assignment = place.issued("Xã A1", due_on=date(2023, 5, 28))
accept(assignment.pk, seen=assignment.version, act=place.act("Huyện ủy A", "leader"))
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from dondoc.accounts.actors import Actor
from dondoc.accounts.models import Account, Post
from dondoc.accounts.tests.people import actor, hold
from dondoc.directives import services
from dondoc.directives.models import Assignment, Directive, Role
from dondoc.documents.models import Source, StoredFile
from dondoc.history.services import Act
from dondoc.organisations.models import Family, Unit
from dondoc.organisations.tests.trees import draw

SAID = date(2023, 4, 28)
TREE = """
    Tỉnh ủy
      Huyện ủy A
        Xã A1
          Chi bộ 1
          Chi bộ 2
          Mặt trận xã A1
          Đoàn xã A1
        Xã A2
          Mặt trận xã A2
        Xã A3
      Huyện ủy B
        Xã B1
"""
FIX = "Yêu cầu tập trung khắc phục những hạn chế, khuyết điểm"
URGE = "Tăng cường đôn đốc các chi bộ thực hiện công tác phát triển đảng viên"


@dataclass
class Place:
    """A tree with people. `day` is the working day of its acts; each unit's posts are made when first asked for."""

    drawing: str = TREE
    day: date = SAID
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[tuple[str, str], Account] = field(default_factory=dict)
    said: int = 0

    def __post_init__(self) -> None:
        self.units = draw(self.drawing)
        for name, unit in self.units.items():
            if unit.family in (Family.FRONT, Family.MASS):
                self.person(name, "officer")
            else:
                self.person(name, "leader" if name.startswith(("Tỉnh", "Huyện")) else "head")

    def unit(self, name: str) -> int:
        """The key of a unit."""
        return self.units[name].pk

    def person(self, name: str, kind: str) -> Account:
        """Who holds the post of this kind there."""
        key = (self.units[name].code, kind)
        if key not in self.people:
            self.people[key] = hold(self.units[name], kind)
        return self.people[key]

    def actor(self, name: str, kind: str) -> Actor:
        """The person on the working day, through that post."""
        account = self.person(name, kind)
        post = Post.objects.filter(unit=self.units[name], kind=kind).first()
        return actor(account, self.day, post)

    def act(self, name: str, kind: str) -> Act:
        """An act of that person on the working day."""
        day = self.day
        return self.actor(name, kind).act(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))

    def source(self) -> Source:
        """A press article as the origin of everything."""
        return Source.objects.get_or_create(
            digest="0" * 64,
            defaults={
                "kind": "article",
                "title": "Bài báo",
                "is_public": True,
                "text": "…",
                "owner": self.units["Tỉnh ủy"],
                "received_on": SAID,
            },
        )[0]

    def origin(self, text: str = FIX, *, author: str = "Tỉnh ủy", key: int = 1) -> services.OriginData:
        """Something said on SAID by the leader of the author's unit."""
        self.said += 1
        return services.OriginData(
            kind="working_session",
            key=key,
            label="Buổi làm việc ngày 28/04/2023",
            source=self.source().pk,
            span_start=self.said * 10,
            span_end=self.said * 10 + 5,
            said_on=SAID,
            author_unit=self.unit(author),
            author_post=None,
            author_title="Phó Bí thư Tỉnh ủy",
            text=text,
        )

    def directive(
        self,
        *units: str,
        text: str = FIX,
        receivers: str = "unit",
        author: str = "Tỉnh ủy",
        timing: services.Timing | None = None,
        key: int = 1,
    ) -> Directive:
        """A directive to these units."""
        return services.record_directive(
            self.origin(text, author=author, key=key),
            addressee="",
            receivers=receivers,
            units=[self.unit(name) for name in units],
            timing=timing,
            act=self.act(author, "clerk"),
        )

    def drafted(
        self, *units: str, text: str = FIX, receivers: str = "unit", author: str = "Tỉnh ủy"
    ) -> list[Assignment]:
        """Drafts of one directive to these units."""
        directive = self.directive(*units, text=text, receivers=receivers, author=author)
        keys = [self.unit(name) for name in units]
        return services.draft_assignments([directive.pk], keys, self.act(author, "clerk"))

    def approved(self, unit: str, *, text: str = FIX, author: str = "Tỉnh ủy", **fields: str) -> Assignment:
        """An approved assignment; `fields` are set in the draft first."""
        [draft] = self.drafted(unit, text=text, author=author)
        for name, value in fields.items():
            saved = services.save_field(draft.pk, name, value, seen=draft.version, act=self.act(author, "clerk"))
            draft.version = saved.version
        [done] = services.approve([draft.pk], seen=draft.version, act=self.act(author, "leader"))
        return done

    def issued(
        self, unit: str, *, text: str = FIX, author: str = "Tỉnh ủy", due_on: date | None = None, **fields: str
    ) -> Assignment:
        """An assignment issued by word of mouth, due 30 days after the working day unless said otherwise."""
        if "cadence_months" not in fields:
            fields["due_on"] = (due_on or self.day + timedelta(days=30)).strftime("%d/%m/%Y")
        ready = self.approved(unit, text=text, author=author, **fields)
        [done] = services.issue([ready.pk], oral=True, seen=ready.version, act=self.act(author, "clerk"))
        return done

    def working(self, unit: str, **given: object) -> Assignment:
        """An assignment that its receiver has acknowledged."""
        ready = self.issued(unit, **given)  # type: ignore[arg-type]
        return services.acknowledge(ready.pk, seen=ready.version, act=self.act(unit, "head"))

    def reported(self, unit: str, **given: object) -> Assignment:
        """An assignment whose result was reported by the receiver's head."""
        ready = self.working(unit, **given)
        services.report_result(ready.pk, text="Đã xong", seen=ready.version, act=self.act(unit, "head"))
        return Assignment.objects.get(pk=ready.pk)

    def holders(self, assignment: Assignment, day: date | None = None) -> dict[str, str]:
        """Who holds which part on a day (default: the working day), by name; "waits with X" where it is parked."""
        names = {unit.pk: name for name, unit in reversed(self.units.items()) if " > " not in name}
        rows = Role.objects.on(day or self.day).filter(assignment=assignment).exclude(role="issuer")
        return {
            row.role: names[row.unit_id] if row.unit_id else f"waits with {names[row.parked_with_id or 0]}"
            for row in rows
        }


def paper(name: str = "bao-cao.pdf") -> StoredFile:
    """A stored file."""
    return StoredFile.objects.create(
        digest=name.ljust(64, "0"), name=name, media_type="application/pdf", size=10, content=name
    )
