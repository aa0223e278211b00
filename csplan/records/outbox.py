"""The outbox: e-mails about danger, sent until they are sent. The alerts themselves are the queue, so a restart loses none.

An e-mail says that an answer waits and where to read it, and holds no word of the answer. Without a mail server the alert waits at the desk.
"""

import fcntl
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connections

from csplan.cycle import clock
from csplan.records.models import Alert

#: Seconds between looks, and the longest wait after a refusal.
EVERY, LONGEST = 5, 900
NO_SERVER = "No mail server is set."


def waiting() -> list[Alert]:
    """Alerts that nobody has seen and of which no e-mail has left, those that have waited longest first."""
    held = Alert.objects.filter(sent_at__isnull=True, seen_at__isnull=True).exclude(response__consultation__alert_email="")
    return list(held.select_related("response__consultation__partnership").order_by("hour", "pk"))


def deliver(alerts: list[Alert] | None = None) -> int:
    """Try to send each alert that waits, once. Gives how many left. What refuses is written beside the alert, never raised."""
    sent = 0
    for alert in waiting() if alerts is None else alerts:
        try:
            _message(alert).send()
        except Exception as refused:  # whatever a mail server does, the next alert is tried
            _note(alert, refusal=_words(refused))
        else:
            _note(alert, sent_at=clock.now())
            sent += 1
    return sent


def _note(alert: Alert, *, sent_at: datetime | None = None, refusal: str = "") -> None:
    """Write beside an alert how sending went. An update of these columns alone: an officer may be writing the others."""
    alert.tries += 1
    Alert.objects.filter(pk=alert.pk, seen_at__isnull=True).update(sent_at=sent_at, tries=alert.tries, refusal=refusal[:200])


def _words(refused: Exception) -> str:
    return NO_SERVER if not settings.EMAIL_HOST else f"{type(refused).__name__}: {refused}"


def _message(alert: Alert) -> EmailMessage:
    consultation = alert.response.consultation
    path = f"/{consultation.partnership.slug}/desk/consultations/{consultation.slug}/alerts/"
    words = (
        "An answer to a consultation has words that suggest that someone may be in danger.\n\n"
        "Sign in and read it now:\n"
        f"{settings.SITE_ADDRESS}{path}\n\n"
        "If someone is in immediate danger, call 999. This message holds no word of the answer.\n"
    )
    if not settings.EMAIL_HOST:
        raise OSError(NO_SERVER)
    return EmailMessage("An answer to read now", words, settings.DEFAULT_FROM_EMAIL, [consultation.alert_email])


def run_alone(folder: Path) -> None:
    """Deliver for as long as no other process over the same folder does; where one goes, another takes over."""
    with (folder / "outbox.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                time.sleep(EVERY)
            else:
                run()


def run(stop: threading.Event | None = None, *, sleep: Callable[[float], object] = time.sleep) -> None:
    """Deliver until told to stop: each alert at once, and after a refusal with growing waits. For a thread of its own."""
    again_at: dict[int, float] = {}
    while stop is None or not stop.is_set():
        try:
            due = [alert for alert in waiting() if again_at.get(alert.pk, 0) <= time.monotonic()]
            deliver(due)
            for alert in due:
                again_at[alert.pk] = time.monotonic() + min(LONGEST, EVERY * 2 ** min(alert.tries, 10))
        except Exception:
            # The records may be in use or made anew; the next look finds what waits.
            pass
        finally:
            connections.close_all()  # not held between looks
        sleep(EVERY)
