"""The plan in easy words: no sentence is long, hard words are explained once, and words made by rule say so."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from csplan.documents.easy_read import LONGEST, EasyRead, cut, easy_read, sentences
from csplan.documents.easy_words import EXPLAINED
from csplan.evidence.plain_words import avoided


def made(*priorities: tuple[str, list[str]], **known: Any) -> EasyRead:
    """The easy words of a plan with these priorities: (title, titles of its work areas)."""
    sealed = {
        "partnership": {"slug": "anywhere", "name": "Anywhere Partnership"},
        "plan": {
            "title": "Anywhere Plan",
            "from": "2030-04-01",
            "to": "2035-03-31",
            "is_example": known.pop("is_example", False),
        },
        "vision": known.pop("vision", "Safe and well"),
        "priorities": [
            {"ref": str(n), "title": title, "work_areas": [{"ref": f"{n}.{k}", "title": w} for k, w in enumerate(areas, 1)]}
            for n, (title, areas) in enumerate(priorities, 1)
        ],
    }
    return easy_read(sealed, **{"is_agreed": True, "contact": "Community Safety Team", **known})


TITLES = st.tuples(st.text(max_size=300), st.lists(st.text(max_size=300), max_size=3))


@given(st.lists(TITLES, max_size=12), st.text(max_size=300), st.booleans(), st.one_of(st.none(), st.dates(date(2020, 1, 1))))
def test_no_sentence_made_by_rule_is_long(priorities, vision, is_agreed, until):
    told = made(*priorities, vision=vision, is_agreed=is_agreed, is_example=not is_agreed, say_until=until, contact=vision)
    for line in sentences(told):
        assert len(line.split()) <= LONGEST, line


def test_no_meaning_is_long_or_says_what_no_sentence_of_ours_says():
    for meaning in EXPLAINED.values():
        assert len(meaning.split()) <= LONGEST and not avoided(meaning), meaning


@given(st.text(max_size=400))
def test_cutting_keeps_every_word_in_order(words):
    assert " ".join(cut(words)).split() == words.split()


def test_a_long_title_is_cut_where_a_reader_draws_breath():
    title = "Support the work to strengthen our protection against terrorist attacks and mitigate the impact of such an attack"
    assert cut(title) == (
        "Support the work to strengthen our protection against terrorist attacks",
        "and mitigate the impact of such an attack",
    )


def test_words_made_by_rule_say_so():
    told = made(("Safer homes", []))
    assert told.is_by_rule
    assert any("made these easy words" in note for note in told.notes) and any("tested" in note for note in told.notes)


def test_a_hard_word_is_explained_once():
    told = made(("Reduce re-offending", ["Prevent repeat offending"]), ("Less re-offending by victims", []))
    lines = list(sentences(told))
    assert lines.count("Re-offending is when a person does crime again.") == 1
    assert "Offending means doing a crime." not in lines
    assert "A victim is a person who was harmed by a crime." in lines


def test_a_consultation_that_is_open_is_told_with_its_last_day():
    assert "Please tell us by 14 February 2030." in list(sentences(made(say_until=date(2030, 2, 14))))
    assert "Is the plan good?" not in list(sentences(made()))
