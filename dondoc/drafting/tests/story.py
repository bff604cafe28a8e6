"""A session of the province's leader with two communes: the records from which the tests draft documents."""

from dataclasses import dataclass
from datetime import date

from dondoc.directives import services as directives
from dondoc.directives.models import Assignment, Directive, Finding
from dondoc.directives.tests.work import SAID, Place
from dondoc.drafting import services
from dondoc.drafting.models import Clause, DocumentDraft
from dondoc.drafting.services import Numbering
from dondoc.working_sessions.models import WorkingSession

PRAISE = "các xã tích cực tạo nguồn kết nạp đảng viên"
BLAME = "ít kiểm tra, chưa đôn đốc các chi bộ"
PLAN = "xây dựng kế hoạch khắc phục những mặt còn yếu"
WATCH = "thường xuyên kiểm tra, nhắc việc các chi bộ trực thuộc"
PLACE = "Tỉnh ủy"


@dataclass
class Story:
    """The session with what was found and demanded; drafts are made by the office of the province."""

    place: Place
    session: WorkingSession
    told: list[Directive]

    def draft(self) -> DocumentDraft:
        """The notice of the session, complete but for nothing."""
        draft = services.draft_notice(self.session, act=self.place.act(PLACE, "clerk"))
        name = draft.clauses.get(name="head.name")
        services.save_clause(name.pk, "Người Ký", seen=draft.version, act=self.place.act(PLACE, "clerk"))
        return DocumentDraft.objects.get(pk=draft.pk)

    def complete(self) -> dict[int, int]:
        """Every drafted assignment gets its deadline; the version of each."""
        for one in self.assignments("drafted"):
            directives.save_field(one.pk, "due_on", "30/05/2023", seen=one.version, act=self.place.act(PLACE, "clerk"))
        return self.versions()

    def assignments(self, state: str = "") -> list[Assignment]:
        """The assignments of the session."""
        found = Assignment.objects.filter(directive__in=[one.pk for one in self.told], parent=None).order_by("pk")
        return list(found.filter(state=state) if state else found)

    def versions(self) -> dict[int, int]:
        """The version of each of them."""
        return {one.pk: one.version for one in self.assignments()}

    def approved(self) -> DocumentDraft:
        """The notice, approved by the leader."""
        draft = self.draft()
        versions = self.complete()
        return services.approve(draft.pk, seen=draft.version, assignments=versions, act=self.place.act(PLACE, "leader"))

    def clause(self, draft: DocumentDraft, made: str, number: int = 0) -> Clause:
        """A piece of the draft by what it is made from."""
        return draft.clauses.filter(made=made).order_by("ordinal")[number]


def numbering(day: date = SAID) -> Numbering:
    """The next number of the notices of the term."""
    return Numbering("2020-2025", "TB/TU", day)


def tell() -> Story:
    """The session, its findings, its directives and their drafted assignments."""
    place = Place()
    place.person(PLACE, "clerk")
    session = WorkingSession.objects.create(
        on=SAID, led_by=place.units[PLACE], leader_title="Phó Bí thư Tỉnh ủy", topic="công tác xây dựng Đảng"
    )
    session.units.set([place.units["Xã A1"], place.units["Xã A2"]])
    session.sources.add(place.source())
    act = place.act(PLACE, "clerk")
    directives.record_finding(
        place.origin(PRAISE, key=session.pk), kind=Finding.Kind.PRAISE, units=[], common=True, act=act
    )
    directives.record_finding(
        place.origin(BLAME, key=session.pk), kind=Finding.Kind.CRITICISM, units=[place.unit("Xã A1")], act=act
    )
    told = [
        place.directive("Xã A1", text=PLAN, key=session.pk),
        place.directive("Xã A1", "Xã A2", text=WATCH, receivers="localities", key=session.pk),
    ]
    units = [place.unit("Xã A1"), place.unit("Xã A2")]
    directives.draft_assignments([one.pk for one in told], units, act)
    return Story(place, session, told)
