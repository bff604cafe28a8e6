"""The record is whole, or says where it is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from dondoc.history.models import Entry, Event, Head, Reading, ReadingBatch
from dondoc.history.queries import known_end_fault, timeline, unit_timeline, verify
from dondoc.history.services import Act, record, record_reading, writing
from dondoc.history.triggers import unguarded

DAY = date(2024, 5, 6)
AT = datetime(2024, 5, 6, 8, 30, 15, 123456, tzinfo=UTC)


def act(person: int | None = 7, minutes: int = 0) -> Act:
    return Act(person, 3, 5, DAY, AT + timedelta(minutes=minutes))


def subject() -> Head:
    """Any row will do as the thing acted on."""
    return Head(pk=900, count=4, hash="x")


def three_entries() -> None:
    with writing(act()):
        record("clock.moved", subject(), unit=5, data={"from": DAY, "n": 2})
    with writing(act(person=None, minutes=1)):
        record("clock.moved", subject(), data={"codes": ["a-1", "b"], "none": None})
        record("clock.moved", subject(), unit=6)
    with writing(act(minutes=2)):
        record("clock.moved", subject(), unit=5)
    record_reading(7, 3, "accounts:people", [11, 12], day=DAY, at=AT)
    record_reading(8, None, "accounts:people", [11], day=DAY, at=AT)


def codes() -> list[str]:
    return [fault.code for fault in verify()]


class _TakenBack(Exception):
    pass


@contextmanager
def taken_back() -> Iterator[None]:
    """What is changed inside is undone."""
    try:
        with transaction.atomic():
            yield
            raise _TakenBack
    except _TakenBack:
        pass


@pytest.mark.django_db
def test_a_chain_as_it_was_written_has_no_fault() -> None:
    three_entries()
    assert codes() == []
    assert Entry.objects.count() == 3


@pytest.mark.django_db
def test_an_act_of_several_services_is_one_entry() -> None:
    with writing(act()):
        record("clock.moved", subject())
        with writing(act(person=99)):
            record("clock.moved", subject())
    assert Entry.objects.get().events.count() == 2
    assert Entry.objects.get().person == 7


def part_that_fails() -> None:
    with writing(act()):
        Head.objects.create(pk=77, count=0, hash="")
        record("clock.moved", subject(), data={"n": 2})
        raise ZeroDivisionError


@pytest.mark.django_db
def test_a_refused_part_leaves_nothing_of_itself_in_the_act() -> None:
    with writing(act()):
        record("clock.moved", subject(), data={"n": 1})
        with pytest.raises(ZeroDivisionError):
            part_that_fails()
    assert [event.data["n"] for event in Event.objects.all()] == [1]
    assert not Head.objects.filter(pk=77).exists()
    assert codes() == []


@pytest.mark.django_db
def test_an_act_that_does_nothing_leaves_no_entry() -> None:
    with writing(act()):
        pass
    assert not Entry.objects.exists()


def test_nothing_is_recorded_outside_of_an_act() -> None:
    with pytest.raises(RuntimeError, match="outside"):
        record("clock.moved", subject())


PERSONAL = ["Nguyễn Văn A", "Đề nghị kiểm điểm", "0912 345 678", "x" * 81, 1.5, object()]


@pytest.mark.django_db
@pytest.mark.parametrize("value", PERSONAL)
def test_words_and_names_do_not_enter_the_history(value: Any) -> None:
    with pytest.raises(ValueError, match="does not belong into the history"), writing(act()):
        record("clock.moved", subject(), data={"deep": [{"value": value}]})
    assert not Event.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["12-TB/TU", "1667/NQ-UBTVQH15", DAY, 5, None, True, ["a.b", 3], {"from": "head"}, ""]
)
def test_references_days_and_whole_numbers_enter_the_history(value: Any) -> None:
    with writing(act()):
        record("clock.moved", subject(), data={"value": value})
    assert codes() == []


@pytest.mark.django_db
def test_a_row_with_an_uncomputed_value_is_not_digested() -> None:
    with pytest.raises(TypeError, match="refresh_from_db"), writing(act()):
        record("clock.moved", Head(pk=1, count=models.F("count") + 1, hash=""))


def _other(field: Any, value: Any, number: int) -> Any:
    """A value of the same column that differs from the present one."""
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        return value + timedelta(microseconds=number)
    if kind == "DateField":
        return value + timedelta(days=number)
    if kind == "JSONField":
        return {**value, "n": [number, value.get("n")]}
    if kind in {"CharField", "TextField"}:
        return f"{number}{value}"[: field.max_length] if not str(value).startswith(str(number)) else f"z{value}"[:60]
    return number if value is None else value + 1000 * number


COLUMNS = [
    (model, field.attname)
    for model in (Entry, Event, ReadingBatch, Reading, Head)
    for field in model._meta.concrete_fields
    if not (field.primary_key and field.attname == "id")
]


@pytest.mark.django_db
@given(column=st.sampled_from(COLUMNS), row=st.integers(0, 3), number=st.integers(1, 9))
def test_any_change_of_any_stored_value_is_found(column: tuple[Any, str], row: int, number: int) -> None:
    if not Entry.objects.exists():
        three_entries()
    model, name = column
    key = list(model.objects.order_by("pk").values_list("pk", flat=True))
    chosen = model.objects.get(pk=key[row % len(key)])
    value = _other(model._meta.get_field(name), getattr(chosen, name), number)
    try:
        with taken_back():
            with unguarded():
                if connection.vendor == "sqlite":
                    connection.cursor().execute("PRAGMA defer_foreign_keys = ON")
                model.objects.filter(pk=chosen.pk).update(**{name: value})
            assert codes(), f"{model.__name__}.{name}: {getattr(chosen, name)!r} → {value!r}"
    except IntegrityError:
        pass  # An event or reading without its entry: the database itself refuses that.


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "number", "code"),
    [
        (Entry, 1, "history.entries_missing"),
        (Entry, 2, "history.entries_missing"),
        (Entry, 3, "history.entries_tail_missing"),
        (ReadingBatch, 1, "history.readings_missing"),
        (ReadingBatch, 2, "history.readings_tail_missing"),
    ],
)
def test_a_missing_entry_shows_also_at_the_end(model: Any, number: int, code: str) -> None:
    three_entries()
    with unguarded():
        Event.objects.filter(entry=number if model is Entry else 0).delete()
        Reading.objects.filter(batch=number if model is ReadingBatch else 0).delete()
        model.objects.filter(pk=number).delete()
    assert code in codes()


@pytest.mark.django_db
def test_a_missing_event_shows() -> None:
    three_entries()
    with unguarded():
        Event.objects.filter(entry=2, position=1).delete()
    assert codes() == ["history.entry_changed"]


@pytest.mark.django_db
def test_a_chain_written_anew_with_its_head_is_found_by_the_end_noted_on_paper() -> None:
    three_entries()
    noted = Entry.objects.get(number=2).hash[:16]
    assert known_end_fault(2, noted) is None
    assert known_end_fault(2, "0" * 16) is not None
    assert known_end_fault(9, noted) is not None


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Entry, Event, ReadingBatch, Reading])
def test_the_database_refuses_to_change_or_delete_the_record(model: Any) -> None:
    three_entries()
    first = model.objects.order_by("pk").first()
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        first.save(force_update=True)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        model.objects.filter(pk=first.pk)._raw_delete("default")


@pytest.mark.django_db
def test_a_timeline_is_newest_first_and_one_query(django_assert_num_queries: Any) -> None:
    three_entries()
    with django_assert_num_queries(1):
        assert [line.number for line in unit_timeline([5, 6])] == [3, 2, 1]
    with django_assert_num_queries(1):
        assert [line.number for line in timeline("history.Head", 900)] == [3, 2, 2, 1]
    for _ in range(5):
        three_entries()
    with django_assert_num_queries(1):
        assert len(unit_timeline([5], limit=4)) == 4


@pytest.mark.django_db
def test_verify_says_which_entry_is_broken_and_fails() -> None:
    three_entries()
    out = StringIO()
    call_command("history", "verify", stdout=out)
    assert "Nhật ký nguyên vẹn: 3 mục." in out.getvalue()
    with unguarded():
        Entry.objects.filter(number=2).update(person=8)
    with pytest.raises(SystemExit) as ended:
        call_command("history", "verify", stdout=out)
    assert ended.value.code == 1
    assert "số 2 " in out.getvalue()


@pytest.mark.django_db
def test_verify_compares_with_the_end_that_was_noted() -> None:
    three_entries()
    head = Head.objects.get(pk=1)
    call_command("history", "verify", "--known", f"3:{head.hash[:16]}", stdout=StringIO())
    for wrong in ("3:00000000", "8:00000000", "abc"):
        with pytest.raises(SystemExit):
            call_command("history", "verify", "--known", wrong, stdout=StringIO(), stderr=StringIO())


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_do_not_fork_the_chain() -> None:
    together = Barrier(4)
    failures: list[BaseException] = []

    def write(person: int) -> None:
        try:
            together.wait()
            for n in range(5):
                with writing(act(person, n)):
                    record("clock.moved", subject(), data={"n": n})
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    writers = [Thread(target=write, args=(person,)) for person in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    assert codes() == []
    assert Head.objects.get(pk=1).count == Entry.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_the_guards_are_back_after_a_test_database_was_emptied() -> None:
    three_entries()
    call_command("flush", interactive=False, verbosity=0)
    assert not Entry.objects.exists()
    three_entries()
    with pytest.raises((IntegrityError, DatabaseError)):
        Entry.objects.update(person=8)
    assert codes() == []


@pytest.mark.django_db(transaction=True)
def test_what_runs_after_the_commit_of_an_act_is_an_act_of_its_own() -> None:
    def afterwards() -> None:
        with writing(act(person=None)):
            record("clock.moved", subject(), unit=6)

    with writing(act()):
        record("clock.moved", subject(), unit=5)
        transaction.on_commit(afterwards)
    assert list(Event.objects.order_by("entry").values_list("entry", "unit")) == [(1, 5), (2, 6)]
    assert codes() == []
