"""Canonical JSON against the examples of RFC 8785."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.records import canonical

# RFC 8785, section 3.2.2: the sample document and its canonical form (section 3.2.3, keys sorted).
SAMPLE = {
    "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/",
    "literals": [None, True, False],
}
CANONICAL = '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'

# RFC 8785, appendix B: IEEE 754 numbers and their ECMAScript form.
NUMBERS = [
    (0.0, "0"), (-0.0, "0"), (5e-324, "5e-324"), (-5e-324, "-5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
    (9007199254740992.0, "9007199254740992"), (295147905179352830000.0, "295147905179352830000"), (9.999999999999997e22, "9.999999999999997e+22"),
    (1e23, "1e+23"), (1.0000000000000001e23, "1.0000000000000001e+23"), (999999999999999700000.0, "999999999999999700000"),
    (1e21, "1e+21"), (9.999999999999997e-7, "9.999999999999997e-7"), (0.000001, "0.000001"), (333333333.3333332, "333333333.3333332"),
    (-0.0000033333333333333333, "-0.0000033333333333333333"), (1424953923781206.2, "1424953923781206.2"),
]  # fmt: skip


def test_the_sample_of_the_standard():
    assert canonical.encode(SAMPLE).decode() == CANONICAL


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_numbers_are_printed_as_ecmascript_prints_them(value, text):
    assert canonical.encode(value).decode() == text


def test_keys_stand_in_the_order_of_their_utf_16_units():
    # RFC 8785, section 3.2.3: the sorted order of this object's keys.
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = list(json.loads(canonical.encode(dict.fromkeys(keys, 0))))
    assert ordered == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_days_and_instants_are_text_in_utc():
    summer = datetime(2020, 7, 1, 12, 30, tzinfo=timezone(timedelta(hours=1)))
    assert canonical.encode([date(2020, 1, 9), summer, datetime(2020, 1, 9, 9, 0, 0, 5, tzinfo=UTC)]) == (
        b'["2020-01-09","2020-07-01T11:30:00Z","2020-01-09T09:00:00.000005Z"]'
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53])
def test_a_number_that_json_cannot_hold_is_refused(value):
    with pytest.raises(ValueError, match="JSON can hold|too large"):
        canonical.encode(value)


@pytest.mark.parametrize("value", [{1: "a"}, b"bytes", object()])
def test_what_has_no_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical.encode(value)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(), inside, max_size=4),
    max_leaves=20,
)


@given(json_values)
def test_the_bytes_say_the_same_and_are_their_own_canonical_form(value):
    encoded = canonical.encode(value)
    # As ECMAScript reads it: every number is a double.
    again = json.loads(encoded, parse_int=float)
    assert again == value
    assert canonical.encode(again) == encoded
