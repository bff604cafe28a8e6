"""Making a notice of conclusion from its values; beside it docxtpl alone, which is given head, foot and clauses as finished markup.

The yardstick opens the same Word file, fills it in and writes it, and looks at nothing. Ours also looks whether the template can be filled and
whether each value is there, sets head, foot and clauses by the format in force, reads the result strictly and writes the same bytes each
time. Both give the same words.
"""

import os
from io import BytesIO

from bench.row import Row, milliseconds


def measure() -> Row:
    """Both medians, in milliseconds of processor time for one document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
    import django

    django.setup()
    from docxtpl import DocxTemplate

    from dondoc.documents.format.content import format_on
    from dondoc.documents.patterns import Clause, fill, read
    from dondoc.documents.patterns.filling import context
    from dondoc.documents.patterns.measures import of
    from dondoc.documents.patterns.tests.words import PROVINCE, lines

    day = PROVINCE.dated_on
    assert day is not None
    template = read("notice", day)
    clauses = [
        Clause(f"Đảng ủy xã thứ {at} báo cáo kết quả trước ngày 15/5/2023. " * 3, f"{at}.") for at in range(1, 21)
    ]
    values = {"opening": ["Kết luận như sau:"], "body": clauses, "closing": ["Văn phòng thông báo để thực hiện."]}
    finished = context(template.placeholders, values, PROVINCE, of(format_on(day)))

    def ours() -> bytes:
        return fill("notice", values, day, PROVINCE)

    def plain() -> bytes:
        word = DocxTemplate(BytesIO(template.docx))
        word.render(finished, autoescape=True)
        out = BytesIO()
        word.save(out)
        return out.getvalue()

    assert lines(ours()) == lines(plain())
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    took = milliseconds(ours, rounds=100)
    return Row(
        "documents",
        took,
        "ms",
        "docxtpl alone",
        milliseconds(plain, rounds=100),
        15,
        largest_ratio=1.5,
        note=f"{1000 / took:.0f} documents per second",
    )
