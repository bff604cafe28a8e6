"""The rules that turn a number with its noun into a figure. To add one: docs/algorithms/intake.md.

A rule looks at the items after the number (`after`), at what governs the number (`under`) and, rarely, at the items before
it (`before`). What governs is decided in `figures.governors`: the verb that the number depends on ("kết nạp", "bị kỷ luật"),
"stand" where the unit simply has it ("có 78 đảng viên"), or "none" where nothing does. The first rule that fits wins.
"""

import re
from dataclasses import dataclass

from dondoc.intake.extract.items import pattern
from dondoc.intake.extract.rules import rule


@dataclass(frozen=True, slots=True)
class FigureRule:
    """One rule: the indicator that the number counts, and the label where the indicator is `other`."""

    name: str
    after: re.Pattern[str]
    under: frozenset[str]
    indicator: str
    label: str | None = None
    before: re.Pattern[str] | None = None
    part: bool | None = None


RULES: list[FigureRule] = []


def figure(
    name: str, title: str, after: str, under: str, indicator: str, *, label: str | None = None, part: bool | None = None, before: str | None = None,
) -> None:  # fmt: skip
    """Register a figure rule. `part` restricts it to numbers inside a "trong đó" group (True) or outside one (False)."""
    RULES.append(
        FigureRule(
            rule(f"figure.{name}", title),
            pattern(after),
            frozenset(under.split()),
            indicator,
            label,
            pattern(before) if before else None,
            part,
        )
    )


_ORGANISATIONS = "<organisations|cells|sector_cells|grassroots|affiliated|collectives>"
_SOMEBODY = "<members|people|individuals|committee_members>"
_ENDS = "(?=<comma|stop|open|semicolon|close|and|period|quote|part>|\\Z)"

_STATE = "(<attend>? <meeting>)?(?=<comma|stop|turn|open|close|semicolon|and|with|part|consist|period|dash|slash|day|have|total>|<thuoc|at|of> (<unit>|_)* (<comma|stop|open|semicolon|with|and|part|number|over|about>|\\Z)|\\Z)"

_NOT_JUDGED = (
    "(?!(_|<each|period|quote|sign>){0,3}<reach|share|passive|established|good|lacking|congress_held>|<have>(?!<over|under|about>?<number>)"
    "|<comma>(_|<unit>){1,4}<have>(?!<over|under|about|total|number|each>)|(_|<unit|at|of|thuoc>){0,4}<attend>)"
)

_NOT_TAUGHT = "(?!_{0,2}<attend|train|course|pupils>)"

# fmt: off
# The noun may stand before its number: "nâng tổng số đảng viên lên 486 đồng chí", "Số chi bộ: 14".
_COUNT_OF = "<total|raise> <{noun}> (<unit|thuoc|of|at|have|reach|period>|_){{0,8}} <colon>? <over|under|about>?\\Z"
figure("members.raised", "số đảng viên sau khi nâng từ một số trước", "(<people|members>|" + _ENDS + ")", "any", "members", before="<raise> <members> (<unit|thuoc|of|at>|_){0,8} <over|under|about>? <number> <people|members>? (<period|unit|of>|_){0,8} <over|under|about>?\\Z", part=False)
figure("members.counted", "số đảng viên nêu sau danh từ", "(?!<people|members>?(<period|unit|of>|_){1,8}<over|under|about>?<number><people|members>)(<people|members>|" + _ENDS + ")", "any", "members", before=_COUNT_OF.format(noun="members"), part=False)
figure("admissions.counted", "số đảng viên mới nêu sau danh từ", "(<people|members|new_members|admitted>|" + _ENDS + ")", "any", "admissions", before=_COUNT_OF.format(noun="new_members|admitted"), part=False)
figure("admissions.headed", "số đảng viên mới nêu sau dấu hai chấm", "(<people|members>|" + _ENDS + ")", "any", "admissions", before="<admitted|new_members> (<unit|of|period|at|thuoc>|_){0,6} <colon> <over|under|about>?\\Z", part=False)
figure("cells.counted", "số chi bộ nêu sau danh từ", "(<cells|organisations|grassroots>|_{0,2}" + _ENDS + ")", "any", "cells", before=_COUNT_OF.format(noun="cells"), part=False)
figure("grassroots.counted", "số tổ chức cơ sở đảng nêu sau danh từ", "(<grassroots|organisations>|_{0,2}" + _ENDS + ")", "any", "grassroots_organisations", before=_COUNT_OF.format(noun="grassroots"), part=False)
# A part of a total is no total.
figure("part.members", "số đảng viên trong một nhóm", "<members>", "stand", "other", label="part_of_members", part=True)
figure("part.organisations", "số tổ chức đảng trong một nhóm", "<cells|sector_cells|grassroots|affiliated|organisations>", "stand", "other", label="part_of_organisations", part=True)
figure("part.grassroots", "số chi bộ cơ sở nêu sau số đảng bộ cơ sở", "<grassroots>", "stand none total", "other", label="part_of_organisations", before="<number> (_{2}|<grassroots>) <and> <over|under|about>?\\Z")
figure("part.grassroots.first", "số đảng bộ cơ sở nêu trước số chi bộ cơ sở", "<grassroots> <and> <over|under|about>? <number> <grassroots>", "stand none total", "other", label="part_of_organisations")
figure("part.admissions", "số kết nạp trong một nhóm", "<members|new_members|people|outstanding>", "admit", "other", label="part_of_admissions", part=True)

figure("cell_size", "cỡ của chi bộ, không phải số đảng viên của đơn vị", "<members>", "stand", "other", label="cell_size", before="(<lacking>(_|<cells|unit|comma|population>){1,8}|<cells>_{0,4})<have><under>\\Z")
figure("members_official.short", "số chính thức không nhắc lại danh từ", "<official>" + _ENDS, "stand none total reach", "members_official")
figure("members_probationary.short", "số dự bị không nhắc lại danh từ", "<probationary>" + _ENDS, "stand none total reach", "members_probationary")
figure("members_official.headed", "số đảng viên chính thức nêu sau danh từ", "(<people>|" + _ENDS + ")", "any", "members_official", before="<official|official_members><colon|have>?\\Z")
figure("members_probationary.headed", "số đảng viên dự bị nêu sau danh từ", "(<people>|" + _ENDS + ")", "any", "members_probationary", before="<probationary|probationary_members><colon|have>?\\Z")
figure("cells.headed", "số chi bộ nêu sau dấu hai chấm", _ENDS, "any", "cells", before="<cells>_{0,2}<colon>\\Z", part=False)
figure("grassroots.headed", "số tổ chức cơ sở đảng nêu sau dấu hai chấm", _ENDS, "any", "grassroots_organisations", before="<grassroots>_{0,2}<colon>\\Z", part=False)
figure("members_official", "số đảng viên chính thức", "<official_members>" + _NOT_TAUGHT, "stand reach", "members_official")
figure("members_probationary", "số đảng viên dự bị", "<probationary_members>" + _NOT_TAUGHT, "stand reach", "members_probationary")
figure("recognised", "số đảng viên được công nhận chính thức", "<probationary_members|members|people|official_members>", "recognise", "other", label="recognised")
figure("members_in_cells", "số đảng viên thuộc số chi bộ", "<members> _{0,3} <thuoc|at> <over|under|about>? <number> <cells|grassroots|affiliated> (?!(_|<unit|at|of|thuoc>){0,6}<passive|discipline|must_discipline|demand_discipline>)", "stand none total", "members")
figure("members", "số đảng viên của đơn vị", "<members>" + _STATE, "stand", "members")
figure("members.total", "tổng số đảng viên", "<members>" + _STATE, "total", "members")
figure("cells", "số chi bộ của đơn vị", "<cells>" + _NOT_JUDGED, "stand total", "cells")
figure("sector_cells", "số chi bộ của một loại hình", "<sector_cells>" + _NOT_JUDGED, "stand total", "other", label="sector_cells")
figure("grassroots", "số tổ chức cơ sở đảng", "<grassroots>" + _NOT_JUDGED, "stand total", "grassroots_organisations")
figure("affiliated", "số chi, đảng bộ trực thuộc", "<affiliated>(?!(_|<unit|at|of|thuoc>){0,6}<admit|exceed|reach>)", "stand total", "grassroots_organisations", label="affiliated")

figure("target.of_plan", "tổng số theo kế hoạch kết nạp", "<new_members|members|people> _{0,2} <plan|aim>", "any", "admissions_target", before="<total>\\Z")
figure("target.said", "chỉ tiêu nêu cạnh số kết nạp", "(<members|new_members|people>|" + _ENDS + ")", "aim", "admissions_target", before="(<admit|new_members|develop>.{0,20}<plan|aim>|<target>)(_|<of|unit|period|have|colon|open>){0,6}\\Z")
figure("admissions.done", "số kết nạp đã thực hiện so với chỉ tiêu", "(<members|new_members|people>|" + _ENDS + ")", "done", "admissions", before="<target>.{0,20}<done>\\Z")
figure("proposed", "số đề nghị kết nạp", "<members|new_members|people|outstanding>", "propose", "other", label="admissions_proposed")
figure("members.represented", "số đảng viên có đại biểu thay mặt", "<members>", "represent", "members")
figure("admissions.admitted", "số đảng viên được kết nạp", "<admitted>", "stand none total admit reach introduce train send propose inspect supervise discipline attend course recognise raise share conclude", "admissions", part=False)
figure("admissions.joined", "số đoàn viên, hội viên được kết nạp vào Đảng", "<not_counted>", "joined", "admissions")
figure("target.aim", "chỉ tiêu kết nạp đảng viên", "<members|new_members|outstanding>", "aim", "admissions_target", part=False)
figure("target.aim.people", "chỉ tiêu kết nạp, nêu là đồng chí hoặc người", "<people>", "aim", "admissions_target", part=False, before="<admit|develop|new_members|admitted|target|assign|members|plan>.{0,24}\\Z")
figure("admissions", "số đảng viên mới kết nạp", "<new_members|members|people|outstanding>(?!<lacking>)", "admit", "admissions", part=False)
figure("admissions.bare", "số đảng viên mới kết nạp (không nhắc lại danh từ)", _ENDS, "admit", "admissions", part=False)
figure("admissions.new_members", "số đảng viên mới", "<new_members>(?!(_|<unit|at|of|thuoc|number|grassroots|affiliated|cells>){0,8}<attend>)", "stand none total", "admissions", part=False)

figure("training", "số quần chúng ưu tú được cử học lớp nhận thức về Đảng", "<outstanding|people|pupils>", "train", "candidates_sent_to_training")
figure("training.course", "số quần chúng ưu tú dự lớp bồi dưỡng lý luận chính trị", "<outstanding>", "course", "candidates_sent_to_training")
figure("training.sent", "số quần chúng ưu tú được cử đi học", "<outstanding>", "send", "candidates_sent_to_training")
figure("training.headed", "số quần chúng học lớp nhận thức về Đảng, nêu sau dấu hai chấm", "(<people|outstanding>|" + _ENDS + ")", "any", "candidates_sent_to_training", before="<outstanding|pupils> _{0,2} <train> <colon> <over|under|about>?\\Z", part=False)
figure("training.attended", "số người dự lớp nhận thức về Đảng", "<outstanding|pupils>", "attend", "candidates_sent_to_training", before="<train>(<with|at|of|unit|period|day|comma|attend|have|open|close>|_){0,12}\\Z")
figure("training.class", "số người học của lớp nêu ở câu trước", "<outstanding|pupils>", "class", "candidates_sent_to_training")
figure("training.pupils", "số học viên là đối tượng kết nạp Đảng", "<pupils> _{0,2} <outstanding>", "any", "candidates_sent_to_training")
figure("introduced", "số quần chúng ưu tú được giới thiệu", "<outstanding>", "introduce", "outstanding_people_introduced")

figure("part.inspected", "số được kiểm tra trong một nhóm", "<organisations|cells|sector_cells|grassroots|affiliated|collectives|members|people|individuals|committee_members>", "inspect", "other", label="part_of_inspected", part=True)
figure("part.supervised", "số được giám sát trong một nhóm", "<organisations|cells|sector_cells|grassroots|affiliated|collectives|members|people|individuals|committee_members>", "supervise", "other", label="part_of_supervised", part=True)
figure("introduced.headed", "số quần chúng ưu tú được giới thiệu, nêu sau dấu hai chấm", "(<people|outstanding>|" + _ENDS + ")", "any", "outstanding_people_introduced", before="<introduce> <outstanding> (<of|period|unit>|_){0,6} <colon> <over|under|about>?\\Z", part=False)
figure("inspected.organisations", "số tổ chức đảng được kiểm tra", _ORGANISATIONS, "inspect", "organisations_inspected")
figure("inspected.members", "số đảng viên được kiểm tra", _SOMEBODY, "inspect", "members_inspected")
figure("supervised.organisations", "số tổ chức đảng được giám sát", _ORGANISATIONS, "supervise", "organisations_supervised")
figure("inspected.headed.organisations", "số tổ chức đảng được kiểm tra, nêu sau dấu hai chấm", "(" + _ORGANISATIONS + "|" + _ENDS + ")", "any", "organisations_inspected", before="(<unit> <passive>|" + _ORGANISATIONS + " <passive>?) <inspect> <colon>\\Z", part=False)
figure("inspected.headed.members", "số đảng viên được kiểm tra, nêu sau dấu hai chấm", "(<people|members>|" + _ENDS + ")", "any", "members_inspected", before="<members> <passive>? <inspect> <colon>\\Z", part=False)
figure("supervised.headed", "số tổ chức đảng được giám sát, nêu sau dấu hai chấm", "(" + _ORGANISATIONS + "|" + _ENDS + ")", "any", "organisations_supervised", before="(<unit> <passive>|" + _ORGANISATIONS + " <passive>?) <supervise> <colon>\\Z", part=False)
figure("supervised.members", "số đảng viên được giám sát", _SOMEBODY, "supervise", "other", label="members_supervised")

figure("to_be_disciplined.members", "số đảng viên phải thi hành kỷ luật", _SOMEBODY, "must_discipline", "other", label="to_be_disciplined")
figure("to_be_disciplined.organisations", "số tổ chức đảng phải thi hành kỷ luật", _ORGANISATIONS, "must_discipline", "other", label="to_be_disciplined")
figure("discipline_asked", "số đề nghị thi hành kỷ luật", "<members|people|organisations|cells>", "demand_discipline", "other", label="to_be_disciplined")
figure("disciplined.members.part", "số đảng viên bị kỷ luật trong một nhóm", _SOMEBODY, "discipline", "other", label="part_of_disciplined", part=True)
figure("disciplined.committee_members", "số cấp ủy viên bị kỷ luật, một phần của số đảng viên", "<committee_members>", "discipline form_passive", "other", label="part_of_disciplined")
figure("disciplined.mixed", "số tổ chức đảng và đảng viên bị kỷ luật", "<people> <organisations>", "discipline", "other", label="disciplined_mixed")
figure("disciplined.members", "số đảng viên bị thi hành kỷ luật", _SOMEBODY, "discipline", "members_disciplined", part=False)
figure("disciplined.headed", "số đảng viên bị kỷ luật, nêu sau dấu hai chấm", "(<people|members>|" + _ENDS + ")", "any", "members_disciplined", before="<members> <passive>? <discipline> <colon>\\Z", part=False)
figure("disciplined.of_those", "số đã thi hành kỷ luật trong số phải thi hành", _ENDS, "discipline", "members_disciplined", before="<must_discipline><number><members|people>.{0,4}<discipline>\\Z")
figure("disciplined.organisations", "số tổ chức đảng bị thi hành kỷ luật", _ORGANISATIONS, "discipline", "other", label="organisations_disciplined")
figure("disciplined.by_form", "số bị kỷ luật theo từng hình thức", "<members|people|organisations|cells>", "form form_passive", "other", label="disciplined_by_form")
figure("disciplined.by_form.bare", "số bị kỷ luật theo từng hình thức (không nhắc lại danh từ)", _ENDS, "form", "other", label="disciplined_by_form")
figure("rebuked.organisations", "số tổ chức đảng bị phê bình", _ORGANISATIONS, "rebuke", "other", label="organisations_criticised")
figure("rebuked.members", "số đảng viên bị phê bình, kiểm điểm", _SOMEBODY, "rebuke", "other", label="members_criticised")

figure("concluded", "số có kết luận sau kiểm tra", "<organisations|members|cells|people>", "conclude", "other", label="concluded")
figure("violating", "số có vi phạm", "<organisations|members|cells|people>", "violate", "other", label="found_violating")
figure("struck_off", "số đảng viên bị xóa tên", _SOMEBODY, "strike_off", "other", label="struck_off")
figure("struck_off.bare", "số đảng viên bị xóa tên (không nhắc lại danh từ)", _ENDS, "strike_off", "other", label="struck_off")
figure("badges", "số đảng viên được trao Huy hiệu Đảng", _SOMEBODY, "award", "other", label="badges")
figure("established", "số chi bộ, tổ chức đảng thành lập mới", "<cells|sector_cells|organisations|grassroots>", "established", "other", label="organisations_established")
# fmt: on

TRAINED = next(one for one in RULES if one.name == "figure.training.class")
"""Comes under no verb: the class was named in the sentence before."""
