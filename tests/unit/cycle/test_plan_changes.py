"""Two texts word by word: nothing is lost on either side, however long they are, and nobody waits for it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle.plan_changes import compare

WORDS = st.lists(st.sampled_from(["safe", "county", "a", "the", "fires", "1.2", "“yes”"]), max_size=300)
ENDS = st.sampled_from([" ", ". ", "\n", "\n\n", "! ", ", "])


@given(WORDS, WORDS, ENDS, ENDS)
def test_the_runs_give_both_texts(one: list[str], other: list[str], end: str, other_end: str) -> None:
    before, after = end.join(one), other_end.join(other)
    runs = compare(before, after)
    assert "".join(r.words for r in runs if r.kind != "added") == before
    assert "".join(r.words for r in runs if r.kind != "removed") == after
    assert all(r.words for r in runs)
    assert all(a.kind != b.kind for a, b in pairwise(runs)), "neighbours are one run"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "New.", [("added", "New.")]),
        ("Gone.", "", [("removed", "Gone.")]),
        ("The same.", "The same.", [("same", "The same.")]),
        ("Homes are safe.", "Homes feel safe.", [("same", "Homes "), ("removed", "are"), ("added", "feel"), ("same", " safe.")]),
    ],
)
def test_short_texts(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert [(r.kind, r.words) for r in compare(before, after)] == expected


def test_one_word_in_a_long_text_is_found_as_one_word() -> None:
    sentences = [f"Sentence {n} says what is done about the matter of that number." for n in range(400)]
    after = [*sentences]
    after[200] = after[200].replace("matter", "question")
    runs = compare(" ".join(sentences), " ".join(after))
    assert [(r.kind, r.words) for r in runs if r.kind != "same"] == [("removed", "matter"), ("added", "question")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a " * 10_000, "b a " * 5_000),  # one word over and over
        ("a\n" * 10_000, "b a\n" * 5_000),  # the same, on lines
        (" ".join(f"w{n}" for n in range(4_000)), " ".join(f"v{n}" for n in range(4_000))),  # nothing shared but the spaces
    ],
)
def test_the_longest_texts_take_no_minutes(before: str, after: str) -> None:
    began = time.monotonic()
    compare(before, after)
    assert time.monotonic() - began < 20, "by words alone this takes minutes"
