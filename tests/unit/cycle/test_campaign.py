"""Answers that say nearly the same are found by their words alone, and everyone else’s are left alone."""

from csplan.cycle import campaign

LETTER = "We ask that the council bring back the wardens who knew every family on this estate by name and by face."


def test_a_campaign_of_five_thousand_is_flagged_and_kept(care_numbers):
    told = care_numbers.campaigns()
    assert told["flagged"] >= 0.99 and told["wrongly"] <= 0.01
    assert told["kept"] == care_numbers.CAMPAIGN + care_numbers.OTHERS


def test_twin_were_only_equal_texts_joined_most_of_it_would_pass(care_numbers, monkeypatch):
    monkeypatch.setattr(campaign, "_joined", lambda shingles: [[place] for place in range(len(shingles))])
    assert care_numbers.campaigns()["flagged"] < 0.99


def test_capitals_signs_and_a_greeting_do_not_hide_it():
    texts = {
        1: LETTER,
        2: f"Dear all, {LETTER.upper()}",
        3: LETTER.replace(".", "!!"),
        4: "Something else that nobody copied from anywhere at all, I think.",
    }
    (group,) = campaign.groups(texts)
    assert set(group.members) == {1, 2, 3} and group.reason == "Nearly the same words"


def test_short_texts_and_pairs_are_left_alone():
    assert campaign.groups(dict.fromkeys(range(50), "More police please")) == ()
    assert campaign.groups({1: LETTER, 2: LETTER}) == ()


def test_an_exact_copy_is_called_the_same_words():
    (group,) = campaign.groups(dict.fromkeys(range(3), LETTER))
    assert group.reason == "The same words" and group.sample == LETTER
