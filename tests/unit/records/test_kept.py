"""What a partnership states that it keeps elsewhere: read from its own file, each entry checked."""

from datetime import date

import pytest

from csplan.errors import CsplanError
from csplan.records.reading import kept

WHOLE = """
[[kept]]
what = "information-sharing-protocol"
title = "Protocol on sharing information"
from_on = 2024-04-01
review_on = 2026-03-31
parties = ["council", "police"]
parts = ["section-115"]
url = "https://www.example.org/protocol"
"""


@pytest.fixture
def file(tmp_path):
    def written(words):
        path = tmp_path / "kept.toml"
        path.write_text(words, encoding="utf-8")
        return path

    return written


def test_a_statement_becomes_a_fact_with_its_days(file):
    [held] = kept.read(file(WHOLE))
    assert (held.what, held.from_on, held.review_on) == ("information-sharing-protocol", date(2024, 4, 1), date(2026, 3, 31))
    assert held.parties == {"council", "police"} and held.parts == {"section-115"}
    assert (held.evidence.label, held.evidence.url) == (held.title, "https://www.example.org/protocol")


def test_a_file_without_statements_states_nothing(file):
    assert kept.read(file("")) == ()


def test_a_partnership_without_the_file_states_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(tmp_path))
    (tmp_path / "here").mkdir()
    assert kept.kept("here") == kept.kept("nowhere") == ()
    (tmp_path / "here" / "kept.toml").write_text(WHOLE, encoding="utf-8")
    assert len(kept.kept("here")) == 1


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        # each field wrong in turn
        ('what = "information-sharing-protocol"', 'what = "treaty"', "“treaty” is not known. Choose a name of the list"),
        ('what = "information-sharing-protocol"', "", "it has no what. Give what, title, from_on and url."),
        ('title = "Protocol on sharing information"', 'title = ""', "it has no title"),
        ("from_on = 2024-04-01", 'from_on = "2024-04-01"', "from_on is not a day. Write it as 2020-01-31"),
        ("review_on = 2026-03-31", "review_on = 2026-03-31T10:00:00", "review_on is not a day"),
        ('parties = ["council", "police"]', 'parties = "council"', "parties is not a list of words"),
        ('parts = ["section-115"]', "parts = [115]", "parts is not a list of words"),
        ("https://www.example.org/protocol", "ftp://example.org/protocol.pdf", "is not a public address"),
        ("review_on", "revue_on", "“revue_on” is not a field of it"),
        # and the file itself
        ("[[kept]]", "[[kept]", "cannot be read"),
        ("[[kept]]", "[kept]", "Begin each statement with [[kept]]"),
    ],
)
def test_a_wrong_statement_is_refused_in_words(file, before, after, says):
    assert before in WHOLE
    with pytest.raises(CsplanError) as refused:
        kept.read(file(WHOLE.replace(before, after)))
    assert says in str(refused.value)


def test_the_refusal_says_which_statement(file):
    with pytest.raises(CsplanError, match=r"Statement 2 of kept\.toml"):
        kept.read(file(WHOLE + WHOLE.replace("information-sharing-protocol", "treaty")))
