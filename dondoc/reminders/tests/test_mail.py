"""E-mail against a real server on this machine: once, at most once more after a crash, later where the server is away."""

import socket
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends.smtp import EmailBackend

from dondoc.accounts.tests.people import account
from dondoc.reminders import mail, rules
from dondoc.reminders.models import Choice, Digest

NOW = datetime(2026, 7, 1, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=False)


class Box:
    """A mail server that keeps what it takes; `answer` is what it says after the message, `refuses` to the address."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answer = "250 OK"
        self.refuses = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        if self.answer == "silence":
            server.transport.close()
        return "250 OK" if self.answer == "silence" else self.answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", free_port(), False
    settings.EMAIL_TIMEOUT = 5
    server = Controller(box := Box(), hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def digest() -> Digest:
    person = account("bi-thu")
    Choice.objects.create(account=person, address="bi-thu@example.org", by_mail=True)
    items = [{"key": f"obligation:{n}", "code": "lapsed", "rank": 20, "since": "2026-07-01"} for n in range(7)]
    return Digest.objects.create(
        account=person, day=date(2026, 7, 1), items=items, message_id="<a.1@dondoc>", state="ready", try_at=NOW
    )


def state(digest: Digest) -> str:
    digest.refresh_from_db()
    return digest.state


def test_a_digest_is_sent_once_in_vietnamese_with_its_own_id_and_names_five_things(box: Box, digest: Digest) -> None:
    assert (mail.send_due(NOW), mail.send_due(NOW + timedelta(days=1))) == (1, 0)
    assert state(digest) == "sent"
    [sent] = box.taken
    assert (sent["Message-ID"], sent["To"]) == ("<a.1@dondoc>", "bi-thu@example.org")
    plain, html = (part.get_content() for part in sent.iter_parts())
    assert plain.count("Việc phải làm theo quy chế") == html.count("Việc phải làm theo quy chế") == rules.NAMED
    assert "và 2 việc khác" in plain
    assert "7 việc" in sent["Subject"]


@pytest.mark.parametrize("crashes", [1, 3])
def test_after_a_crash_between_sending_and_marking_it_goes_out_once_more_and_never_a_third_time(
    box: Box, digest: Digest, monkeypatch: pytest.MonkeyPatch, crashes: int
) -> None:
    real, died = mail._mark, 0

    def killed(*given: Any, **more: Any) -> None:
        nonlocal died
        if died < crashes:
            died += 1
            raise KeyboardInterrupt
        real(*given, **more)

    monkeypatch.setattr(mail, "_mark", killed)
    now = NOW
    for _ in range(6):
        try:
            mail.send_due(now)
        except KeyboardInterrupt:
            assert mail.send_due(now + timedelta(minutes=1)) == 0, "somebody may still be at it"
        now += rules.CLAIM + timedelta(minutes=1)
    assert [sent["Message-ID"] for sent in box.taken] == ["<a.1@dondoc>"] * 2
    assert state(digest) == ("sent" if crashes == 1 else "failed")


def test_a_server_that_falls_silent_after_the_message_gets_it_once_more_only(box: Box, digest: Digest) -> None:
    box.answer = "silence"
    now = NOW
    for _ in range(8):
        mail.send_due(now)
        now += timedelta(days=1)
    assert (len(box.taken), state(digest), digest.error) == (2, "failed", "uncertain")


def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(box: Box, digest: Digest) -> None:
    box.refuses = "550 No such user"
    assert mail.send_due(NOW) == 0
    assert (state(digest), digest.error, digest.attempts) == ("failed", "refused", 1)


def test_a_server_that_is_away_is_tried_again_with_growing_pauses_and_then_no_more(
    settings: Any, box: Box, digest: Digest
) -> None:
    settings.EMAIL_PORT = free_port()
    now, waited = NOW, []
    while digest.state == "ready":
        assert mail.send_due(now) == 0
        digest.refresh_from_db()
        if digest.state == "ready":
            assert digest.try_at is not None
            waited.append(digest.try_at - now)
            now = digest.try_at
    assert tuple(waited) == rules.PAUSES
    assert (digest.state, digest.error) == ("failed", "away")


def test_a_server_that_comes_back_gets_what_waited(settings: Any, box: Box, digest: Digest) -> None:
    there = settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()
    mail.send_due(NOW)
    settings.EMAIL_PORT = there
    assert mail.send_due(NOW + timedelta(minutes=4)) == 0
    assert mail.send_due(NOW + timedelta(minutes=5)) == 1


def test_a_server_too_slow_to_answer_may_have_taken_it(
    box: Box, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(_self: EmailBackend, _messages: Any) -> int:
        raise TimeoutError

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    mail.send_due(NOW)
    assert (state(digest), digest.uncertain) == ("ready", True)
    mail.send_due(NOW + timedelta(days=1))
    assert state(digest) == "failed"


def test_who_switched_the_e_mail_off_meanwhile_gets_none(box: Box, digest: Digest) -> None:
    Choice.objects.update(by_mail=False)
    assert mail.send_due(NOW) == 0
    assert (state(digest), box.taken) == ("quiet", [])


def test_without_a_mail_server_nothing_is_tried(settings: Any, digest: Digest) -> None:
    settings.EMAIL_HOST = ""
    assert mail.send_due(NOW) == 0
    assert state(digest) == "ready"


def test_a_message_refused_for_a_while_is_tried_again(box: Box, digest: Digest) -> None:
    box.answer = "451 Try later"
    assert mail.send_due(NOW) == 0
    assert (state(digest), digest.uncertain) == ("ready", False)
