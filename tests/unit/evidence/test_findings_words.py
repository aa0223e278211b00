"""A rule of words says no more than the test behind it."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import periods
from csplan.cycle.kpi import COMPARISONS, POLARITIES, SIGNALS, VERDICTS
from csplan.evidence import findings_words as words
from csplan.evidence import plain_words, types
from csplan.evidence.areas import Denominator
from csplan.evidence.findings_shapes import ChangeFinding, ComparisonFinding, SignalFinding, TopicFinding

YEAR = periods.parse("2025")
BEFORE, AFTER = periods.between("2024-01", "2024-04"), periods.between("2025-01", "2025-04")
BURGLARY, DRUGS = types.get("burglary"), types.get("drugs")
HOMES = Denominator("households-2021", "households, Census 2021", 1000, 2021, date(2023, 1, 5), "census")
NOTHING = ChangeFinding(None, None, None, None, None, "not_held", None, None, 16, (), ())


def change(
    verdict: str, before: int, after: int, percent: float | None = None, low: float | None = None, high: float | None = None
):
    tested = (percent, low, high, 0.01, 0.02) if percent is not None else (None,) * 5
    return ChangeFinding(*tested, verdict, before, after, 16, BEFORE, AFTER)


def topic(
    count: int | None, rate: float | None = None, *, of=BURGLARY, shift: ChangeFinding = NOTHING, why: str = "", share=None
):
    return TopicFinding(
        *(of.slug, of.title, count, rate, rate and rate - 1, rate and rate + 1, 1000, HOMES if rate is not None else None),
        *("counted", why, share, shift, ComparisonFinding("", 0, "not_compared", "", None, None), None, {}, None, ()),
    )


CHANGES = [
    # what was found -> the sentence, and the few words
    (
        change("down", 791, 538, -31.4, -42.9, -17.6),
        "Daily counts of burglaries fell by 31% (95% interval 18% to 43%) between January to April 2024 and the same months of "
        "2025, from 791 to 538.",
        "down 31%, fewer than before (791 to 538)",
    ),
    (
        change("up", 322, 418, 30.9, 10.5, 54.1),
        "Daily counts of burglaries rose by 31% (95% interval 10% to 54%) between January to April 2024 and the same months of "
        "2025, from 322 to 418.",
        "up 31%, more than before (322 to 418)",
    ),
    (  # eight per cent or more apart: the direction is told, and taken back
        change("no_clear_change", 861, 735, -13.9, -35.0, 14.0),
        "Police recorded fewer burglaries in January to April 2025 (735) than a year before (861), but it is no clear change: "
        "chance could account for it, and anything from a 35% fall to a 14% rise would fit.",
        "no clear change (861 to 735)",
    ),
    (  # under eight per cent, wide: no direction
        change("no_clear_change", 64, 64, 0.8, -31.0, 48.0),
        "There is no clear change in burglaries: 64 in January to April 2024 and 64 in the same months of 2025, and anything from "
        "a 31% fall to a 48% rise would fit.",
        "no clear change (64 to 64)",
    ),
    (  # the whole interval within 15%
        change("no_clear_change", 6896, 6672, -2.4, -9.0, 4.0),
        "There is no clear change in burglaries, level within 15% either way: 6,896 in January to April 2024 and 6,672 in the "
        "same months of 2025.",
        "no clear change (6,896 to 6,672)",
    ),
    (
        change("too_few", 19, 40),
        "Police recorded 19 burglaries in January to April 2024 and 40 in the same months of 2025: too few to tell.",
        "too few to tell (19 to 40)",
    ),
    (
        change("too_few", 1, 0),
        "Police recorded one burglary in January to April 2024 and none in the same months of 2025: too few to tell.",
        "too few to tell (1 to 0)",
    ),
    (
        replace(change("too_few", 300, 290), held=8),
        "Police recorded 300 burglaries in January to April 2024 and 290 in the same months of 2025: too few to tell, with fewer "
        "than 12 months held.",
        "too few to tell (300 to 290)",
    ),
    (
        NOTHING,
        "The same months a year earlier are not held, so nothing can be said of a change.",
        "months to compare are not held",
    ),
    (
        change("break", 300, 290),
        "Recording changed between the two: not comparable across a change in recording.",
        "not comparable across a change in recording",
    ),
]


@pytest.mark.parametrize(("found", "sentence", "brief"), CHANGES)
def test_change_in_words(found: ChangeFinding, sentence: str, brief: str):
    assert words.change_words(found, BURGLARY) == sentence
    assert words.change_brief(found) == brief


def test_every_verdict_has_its_words():
    assert {found.verdict for found, _, _ in CHANGES} == VERDICTS.keys()


@pytest.mark.parametrize("found", [found for found, _, _ in CHANGES if found.verdict not in ("up", "down")])
def test_only_a_passed_test_says_rose_or_fell(found: ChangeFinding):
    said = words.change_words(found, BURGLARY) + words.change_brief(found) + words.headline(topic(5, shift=found), BURGLARY, YEAR)
    assert not any(word in said for word in ("rose", "fell by", "down ", "up "))


def test_reason_follows_a_change_that_nobody_may_judge():
    said = words.change_words(change("up", 322, 418, 30.9, 10.5, 54.1), DRUGS)
    assert said.endswith(DRUGS.polarity_reason)


@pytest.mark.parametrize(
    ("percent", "said"),
    [(-8.2, "an 8% fall"), (11.0, "an 11% rise"), (18.4, "an 18% rise"), (20, "a 20% rise"), (0.4, "no change")],
)
def test_articles_before_percentages(percent: float, said: str):
    shift = change("no_clear_change", 100, 120, 20.0, percent, 90.0)
    assert f"anything from {said} to a 90% rise" in words.change_words(shift, BURGLARY)


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (
            topic(2248, 9.6),
            "Police recorded 2,248 burglaries in 2025: 9.6 for every 1,000 households (95% interval 8.6 to 10.6).",
        ),
        (
            topic(6000, 10.0, share=0.101),
            "Police recorded 6,000 burglaries in 2025, one in ten of everything recorded: 10.0 for every 1,000 households "
            "(95% interval 9.0 to 11.0).",
        ),
        (
            topic(400, 1.0, share=0.049),
            "Police recorded 400 burglaries in 2025: 1.0 for every 1,000 households (95% interval 0.0 to 2.0).",
        ),
        (topic(254, 0.48), "Police recorded 254 burglaries in 2025, about one for every 2,100 households."),
        (topic(10, 2.0), "Police recorded ten burglaries in 2025: 2.0 for every 1,000 households (95% interval 1.0 to 3.0)."),
        (topic(9, 2.0), "Police recorded nine burglaries in 2025: too few for a rate."),
        (topic(1, 2.0), "Police recorded one burglary in 2025: too few for a rate."),
        (topic(0, 0.0), "Police recorded no burglaries in 2025."),
        (topic(254, why="Nobody was counted yet."), "Police recorded 254 burglaries in 2025. Nobody was counted yet."),
        (topic(None, why="March 2025 is not held."), "March 2025 is not held."),
    ],
)
def test_volume_in_words(finding: TopicFinding, sentence: str):
    assert words.volume_words(finding, BURGLARY, YEAR) == sentence


@pytest.mark.parametrize(
    ("period", "when"),
    [
        ("2025", "in 2025"),
        ("2025-06", "in June 2025"),
        ("2025-Q2", "from April to June 2025"),
        ("2024/25", "from April 2024 to March 2025"),
    ],
)
def test_period_in_a_sentence(period: str, when: str):
    assert words.volume_words(topic(0), BURGLARY, periods.parse(period)) == f"Police recorded no burglaries {when}."


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.5, "half"), (0.1, "one in ten"), (0.334, "a third"), (0.16, "16%"), (0.35, "35%"), (0.667, "two thirds")],
)
def test_shares_as_people_say_them(share: float, said: str):
    assert words.share_words(share) == said


SIGNALLED = [
    (
        SignalFinding("outside", "up", ("2025-01",)),
        "January 2025 is worth asking about: outside the usual range, above it. A season alone can look like this.",
    ),
    (
        SignalFinding("run", "down", periods.between("2025-02", "2025-08")),
        "February to August 2025 are worth asking about: seven or more in a row on one side of the average, below it. "
        "A season alone can look like this.",
    ),
    (
        SignalFinding("near_limits", "down", ("2025-03", "2025-05")),
        "March and May 2025 are worth asking about: two of three close to the edge of the usual range, the lower one. "
        "A season alone can look like this.",
    ),
    (
        SignalFinding("trend", "up", periods.between("2024-11", "2025-05")),
        "November 2024 to May 2025 are worth asking about: seven or more in a row all rising or all falling, rising. "
        "A season alone can look like this.",
    ),
]


@pytest.mark.parametrize(("signal", "sentence"), SIGNALLED)
def test_signal_is_a_question(signal: SignalFinding, sentence: str):
    assert words.signal_words(signal) == sentence


def test_every_signal_has_its_words():
    assert {signal.kind for signal, _ in SIGNALLED} == SIGNALS.keys()


COMPARED = [
    (
        ComparisonFinding("the 65 neighbourhoods of X", 65, "above", "", 9.6, 0.01),
        30,
        "The rate, 28.7 for every 1,000 households, is above the range of the 65 neighbourhoods of X, allowing for chance and "
        "for how much they differ; all of them together have 9.6.",
    ),
    (
        ComparisonFinding("the 65 neighbourhoods of X", 65, "below", "", 9.6, 0.01),
        10,
        "The rate, 28.7 for every 1,000 households, is below the range of the 65 neighbourhoods of X, allowing for chance and "
        "for how much they differ; all of them together have 9.6.",
    ),
    (  # fewer than ten events: no rate of its own
        ComparisonFinding("the 65 neighbourhoods of X", 65, "within", "", 9.6, 0.9),
        9,
        "The rate lies within the range of the 65 neighbourhoods of X, allowing for chance and for how much they differ; all of "
        "them together have 9.6 for every 1,000 households.",
    ),
    (ComparisonFinding("", 0, "not_compared", "Forces differ.", None, None), 30, "Forces differ."),
]


@pytest.mark.parametrize(("found", "count", "sentence"), COMPARED)
def test_comparison_in_words(found: ComparisonFinding, count: int, sentence: str):
    assert words.comparison_words(found, topic(count, 28.7), BURGLARY) == sentence


def test_every_comparison_has_its_words():
    assert {found.verdict for found, _, _ in COMPARED} == COMPARISONS.keys()


@pytest.mark.parametrize(
    ("finding", "of", "headline"),
    [
        (
            topic(1748, shift=change("down", 791, 538, -31.4, -43, -18)),
            BURGLARY,
            "Burglaries fell by 31% in January to April 2025, from 791 to 538",
        ),
        (
            topic(1241, shift=change("up", 322, 418, 30.9, 10, 54)),
            DRUGS,
            "Drug offences rose by 31%, from 322 to 418; the count follows reports and activity",
        ),
        (
            topic(2248, shift=change("no_clear_change", 861, 735, -13.9, -35, 14)),
            BURGLARY,
            "Burglaries show no clear change: 735 in January to April 2025 after 861",
        ),
        (
            topic(9000, shift=change("no_clear_change", 3035, 3464, 14.0, -5, 35)),
            types.get("anti-social-behaviour"),
            "Anti-social behaviour incidents show no clear change in January to April 2025",
        ),
        (
            topic(6, shift=change("too_few", 1, 0)),
            BURGLARY,
            "Burglaries are too few to compare: 0 in January to April 2025 after 1",
        ),
        (
            topic(600, shift=replace(change("too_few", 300, 290), held=8)),
            BURGLARY,
            "Burglaries cannot yet be compared: too few months are held",
        ),
        (topic(2248), BURGLARY, "Police recorded 2,248 burglaries in 2025"),
        (topic(None), BURGLARY, "No total of burglaries can be given for January to December 2025"),
    ],
)
def test_headline_is_a_sentence_true_to_the_test(finding: TopicFinding, of: types.Type, headline: str):
    assert words.headline(finding, of, YEAR) == headline


@pytest.mark.parametrize("of", [*types.TYPES.values(), types.ALL_CRIME], ids=lambda of: of.slug)
@pytest.mark.parametrize("found", [found for found, _, _ in CHANGES])
def test_headline_is_under_ninety_signs_for_every_type(of: types.Type, found: ChangeFinding):
    long = replace(found, before=123_456, after=123_457) if found.before is not None else found
    spring = periods.parse("2018-10..2019-02")
    for finding in (topic(123_456, of=of, shift=long), topic(None, of=of, shift=long)):
        assert 0 < len(words.headline(finding, of, spring)) < 90


def test_every_polarity_without_a_direction_has_its_tail():
    judged_or_banded = {"lower_better", "higher_better", "band"}
    assert words.TAILS.keys() == POLARITIES.keys() - judged_or_banded


@pytest.mark.parametrize(
    ("text", "word"), [("A significant fall", "significant"), ("Counts SOARED", "soar"), ("There were fewer burglaries", "")]
)
def test_avoided_words_are_found(text: str, word: str):
    assert plain_words.avoided(text) == word


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (("2025-03",), "March 2025"),
        (("2025-03", "2025-04"), "March and April 2025"),
        (periods.between("2025-01", "2025-04"), "January to April 2025"),
        (("2025-01", "2025-02", "2025-03", "2025-08"), "January to March and August 2025"),
        (periods.between("2018-10", "2019-02"), "October 2018 to February 2019"),
        (("2018-12", "2019-02"), "December 2018 and February 2019"),
    ],
)
def test_months_as_people_say_them(months: tuple[str, ...], said: str):
    assert plain_words.months_said(months) == said


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (("2025-03",), "the same month of 2025"),
        (("2025-03", "2025-04"), "the same months of 2025"),
        (periods.between("2018-10", "2019-02"), "the same months a year later"),
    ],
)
def test_months_named_a_second_time(months: tuple[str, ...], said: str):
    assert plain_words.same_months_said(months) == said


@pytest.mark.parametrize(("items", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_lists_as_people_say_them(items: list[str], said: str):
    assert plain_words.listed(items) == said
