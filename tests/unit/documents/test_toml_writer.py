"""What is written as TOML is read back the same."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.documents import toml_writer

NAME = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
PLAIN = st.one_of(
    st.text(), st.integers(-(2**62), 2**62), st.booleans(), st.dates(min_value=date(1000, 1, 1)), st.lists(st.text())
)
TABLE = st.dictionaries(NAME, PLAIN, min_size=1, max_size=4)


@given(st.dictionaries(NAME, st.one_of(PLAIN, TABLE, st.lists(TABLE, min_size=1, max_size=3)), max_size=5))
def test_everything_comes_back_the_same(document):
    assert tomllib.loads(toml_writer.write(document, head="A head")) == document


def test_tables_within_a_list_stay_with_their_own():
    document = {"doors": [{"ref": "a", "contacts": [{"who": "x"}, {"who": "y"}]}, {"ref": "b", "contacts": [{"who": "z"}]}]}
    assert tomllib.loads(toml_writer.write(document)) == document


def test_what_is_not_there_is_left_out_and_comments_stand_where_they_belong():
    words = toml_writer.write({"a": None, "t": {"x": 1, "y": None}}, head="First\n\nSecond", heads={"t": "About t"})
    assert words == "# First\n#\n# Second\n\n# About t\n[t]\nx = 1\n"


def test_what_toml_does_not_know_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        toml_writer.value(object())
