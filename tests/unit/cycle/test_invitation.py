"""How an invitation stands: one table, by the machine's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from csplan.cycle import invitation

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("taken", "cancelled", "expires", "state"),
    [
        (None, None, NOW + SECOND, "open"),
        (None, None, NOW, "expired"),  # on the instant it no longer holds
        (None, None, NOW - SECOND, "expired"),
        (NOW - SECOND, None, NOW + SECOND, "taken"),
        (NOW - SECOND, None, NOW - SECOND, "taken"),  # taken in time, and old since
        (None, NOW - SECOND, NOW + SECOND, "cancelled"),
        (None, NOW - SECOND, NOW - SECOND, "cancelled"),
    ],
)
def test_how_it_stands(taken, cancelled, expires, state):
    assert invitation.state(taken_at=taken, cancelled_at=cancelled, expires_at=expires, now=NOW) == state


def test_only_an_open_one_can_be_taken_and_every_other_says_why():
    assert [state for state, words in invitation.STATES.items() if words is None] == ["open"]
    assert all(words.endswith(".") for words in invitation.STATES.values() if words)
