"""What is tried on a copy of the database."""

import pytest
from django.conf import settings
from django.db import connection, connections, transaction

from dondoc.clock.models import DemonstrationDay
from dondoc.reorganising.aside import aside

from .test_draft import TODAY


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL locks rows, and tries in place")
@pytest.mark.django_db(transaction=True)
def test_what_is_tried_aside_stays_aside_and_others_write_meanwhile() -> None:
    DemonstrationDay.objects.create(pk=1, day=TODAY)
    real = connections["default"]
    with aside():
        with transaction.atomic():
            DemonstrationDay.objects.all().delete()
            with real.cursor() as others:
                others.execute("UPDATE clock_demonstrationday SET day = '2023-05-01'")
        assert not DemonstrationDay.objects.exists()
        assert list(settings.VAR.glob("trial-*"))
    assert DemonstrationDay.objects.get().day.isoformat() == "2023-05-01"
    assert not list(settings.VAR.glob("trial-*"))
