"""Receipts for answers: a code that only the person who sent the form holds.

The form carries a key, random and used once. The code follows from the key, so the same form sent twice gets the same
code; the record keeps neither, only the code's fingerprint.
"""

import base64
import hashlib
import re
import secrets

from csplan.errors import CsplanError

_KEY = re.compile(r"[A-Za-z0-9_-]{32,64}")
#: Signs that people read for one another, and the one that is meant.
_MISREAD = str.maketrans("018", "OIB")


def new_form_key() -> str:
    """A key for one form."""
    return secrets.token_urlsafe(24)


def check_form_key(key: str) -> str:
    """The key, or a refusal: a form without one may be a copy, and would count twice."""
    if not _KEY.fullmatch(key):
        raise CsplanError("This form has lost its key, so your answer was not taken. Open the form again and send it from there.")
    return key


def code(consultation: str, form_key: str) -> str:
    """The receipt of a form: four groups of four letters and digits. `consultation` is its address, partnership/slug."""
    digest = hashlib.sha256(f"receipt\n{consultation}\n{form_key}".encode()).digest()
    letters = base64.b32encode(digest[:10]).decode()
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def fingerprint(receipt: str) -> str:
    """What is kept of a receipt. Small letters, spaces and missing hyphens do not matter."""
    letters = re.sub(r"[^A-Z0-9]", "", receipt.upper()).translate(_MISREAD)
    return hashlib.sha256(letters.encode()).hexdigest()


def key_fingerprint(key: str) -> str:
    """What is kept of the key of a private link."""
    return hashlib.sha256(f"kept\n{key}".encode()).hexdigest()
