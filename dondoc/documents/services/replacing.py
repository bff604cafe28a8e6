"""An office puts its own Word file in place of a template that ships, or goes back to that."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from dondoc.documents.models import OfficeTemplate, StoredFile
from dondoc.history.services import Act, record, writing
from dondoc.lib.refusals import Refused


def replace_template(
    unit: int, code: str, file: StoredFile | None, *, since: date, seen: int, act: Act
) -> OfficeTemplate:
    """From a day on the unit uses this Word file, which was examined before; None: the one that ships.

    `seen` is the version that the person saw, 0 for none. Refused with "documents.changed_meanwhile" where there is another by now.
    """
    with writing(act):
        latest = OfficeTemplate.objects.filter(unit=unit, code=code).aggregate(Max("version"))["version__max"] or 0
        if latest != seen:
            raise Refused("documents.changed_meanwhile")
        try:
            with transaction.atomic():
                added = OfficeTemplate.objects.create(unit_id=unit, code=code, version=seen + 1, since=since, file=file)
        except IntegrityError:
            raise Refused("documents.changed_meanwhile") from None
        record(
            "documents.template_replaced" if file else "documents.template_returned",
            added,
            unit=unit,
            data={"template": code, "version": added.version, "on": since},
            rows=[file] if file else [],
        )
    return added
