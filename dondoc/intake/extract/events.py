"""The meeting, visit or report that a text is about: day, kind, topic, leader, the years reviewed and planned."""

import datetime
import re
from bisect import bisect_left

from dondoc.intake.extract.dates import Day
from dondoc.intake.extract.passages import Line, Sentence
from dondoc.intake.extract.people import PersonFound, post_before
from dondoc.intake.extract.reading import Event, EventKind
from dondoc.intake.extract.rules import rule
from dondoc.intake.extract.tokens import Page
from dondoc.intake.extract.units import Hit

EVENT = rule("event.lead", "cuộc họp, buổi làm việc nêu ở đoạn mở đầu")

_KINDS: list[tuple[EventKind, re.Pattern[str]]] = [
    ("working_session", re.compile(r"làm việc với|kết luận buổi làm việc|buổi làm việc|làm việc về|làm việc tại|có buổi làm việc")),
    ("inspection", re.compile(r"đoàn kiểm tra|đoàn giám sát|công bố quyết định kiểm tra|kiểm tra thực tế")),
    ("other", re.compile(r"trao (?:tặng )?huy hiệu|lễ trao|trao tặng|lễ kết nạp|tôn vinh|gặp mặt|lễ kỷ niệm|dâng hương|thăm hỏi")),
    ("congress", re.compile(r"tổ chức xong đại hội|đã (?:tổ chức|diễn ra|khai mạc) đại hội|đại hội đảng bộ .{0,40} diễn ra|khai mạc đại hội|tiến hành đại hội")),
    ("report", re.compile(r"\bbáo cáo (?:kết quả|tổng kết|sơ kết|tình hình|về|chính trị|gửi)|dự thảo báo cáo|vừa (?:ban hành|có thông báo|có báo cáo|thông báo)|\bthông báo kết luận|công văn")),
    ("conference", re.compile(r"hội nghị|\bhọp\b|cuộc họp|phiên họp|tổng kết|sơ kết|hội thảo|giao ban|tọa đàm|diễn đàn|toạ đàm|buổi đối thoại")),
    ("report", re.compile(r"báo cáo|thông báo|kỷ luật|tin từ|cho biết")),
]  # fmt: skip
_HELD = re.compile(
    r"\blễ\b|khai giảng|bế giảng|bế mạc|kết nạp|đại hội|tập huấn|bồi dưỡng|thông báo|thông cáo|kỷ luật|quyết định|xem xét|kết luận|phát động|ra mắt|ban hành|trao đổi|tiếp xúc|đối thoại|kiểm điểm|quán triệt|triển khai|gặp mặt|tọa đàm|kỷ niệm|phát biểu|nhấn mạnh|yêu cầu|"
    r"làm việc|hội nghị|họp\b|phiên họp|cuộc họp|tổng kết|sơ kết|hội thảo|tổ chức|khai mạc|diễn ra|trao|công bố|cho biết|thông tin|báo cáo|đã|vừa|kiểm tra|xác nhận|tin từ|buổi|thăm|dự|chủ trì|giám sát"
)
_BEFORE_OTHER_DAY = re.compile(
    r"(?:đến(?: hết)?|trước|từ|tính đến|quy định(?: số)?|nghị quyết|công văn|quyết định|hướng dẫn|chỉ thị|kế hoạch|ký|sinh|đợt|kỷ niệm|quốc khánh|hạn|chậm nhất|vào đảng|sẽ|chương trình|bản tin|thời sự|vtv\d?|thông qua|ban hành|luật|căn cứ|số \d+)[^.;,]{0,24},?\s?\Z"
    r"|/(?:tw|tư|tu|hu|qu|đu|đuk|ttg|cp|nđ-cp|qh\d*|ubnd|hđnd|btctw|ubkttw|btgtw|bbt)[^.;,]{0,10},?\s?\Z"
)
_DAY_ALONE = 8
"""So many tokens at most has a day that stands alone: "Sáng ngày 11/01/2022."."""
_TIMES = ("sáng", "chiều", "tối", "trưa", "đêm")
_BEFORE_TIME = re.compile(r"\b(?:đến|từ|trước|vtv\d?|thời sự|bản tin|sẽ|dự kiến)\s?\Z")
"""Before "sáng 5/4": what shows that it is another day; a paper is not dated by the hour."""
# "Liên quan đến vụ việc, ngày 28/8, Công an đã khởi tố …": a deed of others.
_CASE = re.compile(
    r"[^.;]{0,60}\b(?:khởi tố|bắt (?:tạm )?giam|bắt giữ|bắt khẩn cấp|khám xét|xét xử|tuyên (?:án|phạt)|truy tố|điều tra ra quyết định)\b"
)
_OF_PAPER = re.compile(
    r"\s+của (?:ban|bộ|tỉnh|huyện|thành|quận|thị|đảng|thủ tướng|chính phủ|ủy ban|ubnd|hđnd|quốc hội|trung ương)"
)
"""After the day of a document stands whose it is."""
_TOPIC = re.compile(
    r"(?:làm việc (?:với|tại) .{0,400}?\b(?:về|để|nhằm)|làm việc về|hội nghị(?= đánh giá| sơ kết| tổng kết| triển khai)|hội nghị[^.;]{0,90}?(?= (?:đánh giá|sơ kết|tổng kết|triển khai)\b)|hội thảo|họp|báo cáo|tổng kết|sơ kết|về)\s+(?P<topic>(?:công tác|kết quả|tình hình|việc|tổng kết|sơ kết|đánh giá|nhiệm vụ|cho ý kiến|triển khai)\b[^.;]*)"
)
_PLANNED = re.compile(
    r"(?:nhiệm vụ|phương hướng|kế hoạch|chương trình|trọng tâm|giải pháp)[^.;]{0,60}?năm\s+((?:19|20)\d{2})"
)
_YEAR = re.compile(r"(?:năm|tháng (?:đầu )?năm)\s+((?:19|20)\d{2})")
_LEADING = re.compile(r"\A(?:phó |tổng |quyền )?(?:bí thư|chủ tịch|chủ nhiệm|trưởng ban|trưởng đoàn|ủy viên)")
_OFFICE_DATE = re.compile(r"\A[^.;:]{2,40},\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\s*\Z")


def published(page: Page, lines: list[Line], days: list[Day]) -> tuple[datetime.date | None, Day | None]:
    """The publication date that the text itself carries: a date line, or "…, ngày … tháng … năm …" of an office paper."""
    for number, line in enumerate(lines):
        text = page.plain[line.start : line.end].strip()
        if line.kind != "dateline" and not (number < 12 and _OFFICE_DATE.match(text)):
            continue
        for day in _within(days, line.start, line.end):
            if day.year and (found := calendar(day.year, day.month, day.day)):
                return found, day
    return None, None


def calendar(year: int, month: int, day: int) -> datetime.date | None:
    """The date, or None where there is no such day."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def event(
    page: Page, lines: list[Line], sentences: list[Sentence], days: list[Day], when: datetime.date | None, people: list[PersonFound], hits: list[Hit],
) -> Event:  # fmt: skip
    """The event of the text. A day told of something earlier or later ("đến ngày", "trước ngày", a document's date) is not its day."""
    story = [s for s in sentences if s.kind == "story"][:4]
    if not story:
        return Event()
    head = [s for s in sentences if s.kind in ("headline", "heading")][:2]
    kind = _kind(page, [*story[:2], *head])
    day = _day(page, story, days)
    fields: dict[str, object] = {"kind": kind, "rule": EVENT if kind or day else ""}
    if day is not None:
        year = day.year
        if year is None and when is not None:
            year = when.year if (day.month, day.day) <= (when.month, when.day) else when.year - 1
        fields["date"] = calendar(year, day.month, day.day) if year else None
        fields["month_day"] = f"{day.month:02}-{day.day:02}"
        fields["date_span"] = page.span(day.start, day.end)
    _topic(page, [*story[:2], *head], fields)
    any(_leader(page, sentence, people, [], fields) for sentence in story[:3]) or any(
        _leader(page, sentence, [], hits, fields) for sentence in story[:3]
    )
    if "year_planned" in fields and "year_reviewed" not in fields and "year_reviewed_span" not in fields:
        fields["year_reviewed"], fields["year_reviewed_span"] = _half_year(page, fields)
    return Event(**fields)  # type: ignore[arg-type]


def _text(page: Page, sentence: Sentence) -> tuple[int, str]:
    start = page.at[sentence.first]
    return start, page.plain[start : page.to[sentence.after - 1]]


def _kind(page: Page, sentences: list[Sentence]) -> EventKind | None:
    text = " ".join(_text(page, s)[1] for s in sentences)
    return next((kind for kind, found in _KINDS if found.search(text)), None)


def _day(page: Page, story: list[Sentence], days: list[Day]) -> Day | None:
    for k, sentence in enumerate(story):
        start, text = _text(page, sentence)
        if _HELD.search(text) is None:
            # "Ngày 11/01/2022. Đảng ủy xã tổ chức …": the day stands alone before what was held.
            alone = sentence.after - sentence.first <= _DAY_ALONE and k + 1 < len(story)
            if not alone or _HELD.search(_text(page, story[k + 1])[1]) is None:
                continue
        told = start
        for day in _within(days, start, start + len(text)):
            before = page.plain[max(told, day.start - 40) : day.start]
            told = day.end
            if not day.lead:
                continue
            bracketed = day.lead.startswith("(") or before.endswith("(")
            if day.year is not None and day.year < 2000:
                continue
            timed = day.lead.startswith(_TIMES)
            if (_BEFORE_TIME if timed else _BEFORE_OTHER_DAY).search(before) and not bracketed:
                continue
            if _OF_PAPER.match(page.plain, day.end) or _CASE.match(page.plain, day.end, start + len(text)):
                continue
            if re.match(r"\s*(?:đến|-|và)\s*(?:ngày\s*)?\d", page.plain[day.end : day.end + 16]):
                continue
            return day
    return None


def _within(days: list[Day], start: int, end: int) -> list[Day]:
    """The days that begin between these letters; all of them are in the order of the text."""
    return days[bisect_left(days, start, key=_start) : bisect_left(days, end, key=_start)]


def _start(day: Day) -> int:
    return day.start


def _topic(page: Page, sentences: list[Sentence], fields: dict[str, object]) -> None:
    for sentence in sentences:
        start, text = _text(page, sentence)
        found = _TOPIC.search(text)
        if found is None or "topic" in fields:
            continue
        a, b = start + found.start("topic"), start + found.start("topic") + len(found["topic"].rstrip(" .,"))
        fields["topic"], fields["topic_span"] = page.written[a:b], page.span(a, b)
        planned = _PLANNED.search(text, found.start("topic"))
        if planned:
            fields["year_planned"] = int(planned[1])
            fields["year_planned_span"] = page.span(start + planned.start(1), start + planned.end(1))
        for year in _YEAR.finditer(text, found.start("topic")):
            if planned is None or year.start(1) != planned.start(1):
                fields["year_reviewed"] = int(year[1])
                fields["year_reviewed_span"] = page.span(start + year.start(1), start + year.end(1))
                break


def _half_year(page: Page, fields: dict[str, object]) -> tuple[object, object]:
    """ "6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023": both halves are of the same year."""
    if re.search(r"tháng đầu năm\b(?!\s+\d)", str(fields.get("topic", "")).lower()):
        return fields["year_planned"], fields["year_planned_span"]
    return None, None


def _leader(
    page: Page, lead: Sentence, people: list[PersonFound], hits: list[Hit], fields: dict[str, object]
) -> bool:  # fmt: skip
    """The first leading post of a sentence, with its holder where he or she is named. A secretary's post goes before a membership."""
    for person in people:
        if not any(lead.first <= a < lead.after for a, _ in person.places):
            continue
        places = [(a, b) for a, b in person.role_places if _LEADING.match(page.plain[page.at[a] : page.to[b - 1]])]
        places.sort(key=lambda place: (page.words[place[0]] == "ủy", not lead.first <= place[0] < lead.after))
        if places:
            a, b = places[0]
            fields["leader_post"], fields["leader_span"] = page.wording(a, b), page.token_span(a, b)
            fields["leader_name"] = person.name
            return True
    for hit in hits:
        if hit.post and lead.first <= hit.first < lead.after:
            start = post_before(page, hit.first)
            many = page.words[hit.after : hit.after + 1] == ["các"]
            if start is not None and not many and _LEADING.match(page.plain[page.at[start] : page.to[hit.after - 1]]):
                fields["leader_post"], fields["leader_span"] = (
                    page.wording(start, hit.after),
                    page.token_span(start, hit.after),
                )
                return True
    return False
