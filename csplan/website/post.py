"""The mail server that takes what the outbox sends."""

from typing import Any
from urllib.parse import unquote, urlsplit

from csplan.errors import CsplanError

#: Seconds that a mail server may take over one message.
PATIENCE = 20


def described(url: str) -> dict[str, Any]:
    """CSPLAN_SMTP as Django’s settings take it; no host where none is named, and then nothing is sent."""
    if not url:
        return {"EMAIL_HOST": ""}
    told = urlsplit(url)
    if told.scheme not in ("smtp", "smtps") or not told.hostname:
        raise CsplanError("CSPLAN_SMTP is to name a mail server, such as smtp://user:password@mail.example.org:587. Correct it.")
    is_local = told.hostname in ("127.0.0.1", "localhost", "::1")
    return {
        "EMAIL_HOST": told.hostname,
        "EMAIL_PORT": told.port or (465 if told.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(told.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(told.password or ""),
        # Off this machine, nothing goes unencrypted.
        "EMAIL_USE_TLS": told.scheme == "smtp" and not is_local,
        "EMAIL_USE_SSL": told.scheme == "smtps",
        "EMAIL_TIMEOUT": PATIENCE,
    }
