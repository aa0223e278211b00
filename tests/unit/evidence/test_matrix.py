"""A matrix of issues and criteria out of tables: what is read, what is refused, what is said."""

import csv
import io
import json

import numpy as np
import pytest

from csplan.errors import CsplanError, InputRejected
from csplan.evidence import matrix
from csplan.evidence.incoming import child
from csplan.evidence.plain_words import avoided
from csplan.evidence.returns import workbook
from csplan.statistics import prioritisation

HEAD = ("Issue", "Criterion", "Score", "Scorer")
ROWS = (
    ("Burglary", "Harm", "3", "Police"),
    ("Burglary", "Volume", "2", "Police"),
    ("Arson", "Harm", "4", "Police"),
    ("Arson", "Volume", "1", "Police"),
    ("burglary ", "HARM", "5", "Council"),
    ("Burglary", "Volume", "", "Council"),
    ("Theft", "Harm", "n/a", "Council"),
    ("Theft", "Volume", "5", "council"),
)
WEIGHTS = (("Criterion", "Weight", "Lowest", "Highest"), ("Volume", "1", "0", "10"), ("Harm", "3", "", ""))


def csv_bytes(rows, delimiter=",", encoding="utf-8"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.fixture
def put(tmp_path):
    def put(name, rows, **how):
        path = tmp_path / name
        path.write_bytes(csv_bytes(rows, **how))
        return path

    return put


@pytest.fixture
def read(put, monkeypatch):
    """Read tables drawn in the test, in this process: the command's own tests read them in the process they are read in."""
    monkeypatch.setattr(matrix.file, "read_path", lambda path: child.read(path.read_bytes(), path.name))
    return lambda rows, weights=None, **how: matrix.read(
        put("scores.csv", rows, **how), put("weights.csv", weights) if weights else None
    )


def test_scores_stand_by_scorer_issue_and_criterion(read):
    found = read([HEAD, *ROWS], WEIGHTS)
    assert (found.issues, found.criteria, found.scorers) == (("Burglary", "Arson", "Theft"), ("Harm", "Volume"), 2)
    nan = float("nan")
    np.testing.assert_array_equal(found.scores[0], [[3, 2], [4, 1], [nan, nan]])
    np.testing.assert_array_equal(found.scores[1], [[5, nan], [nan, nan], [nan, 5]])
    assert found.weights.tolist() == [3, 1] and found.scales.tolist() == [[1, 5], [0, 10]]


def test_without_scorers_and_weights_all_count_the_same_from_1_to_5(read):
    found = read([("Note", " criterion", "SCORE", "Issue"), ("x", "Harm", "2.5", "Arson"), ("y", "Cost", "1", "Arson")])
    assert found.scores.tolist() == [[[2.5, 1]]] and found.scorers == 1
    assert found.weights.tolist() == [1, 1] and found.scales.tolist() == [[1, 5], [1, 5]]


@pytest.mark.parametrize("how", [{"delimiter": ";"}, {"delimiter": "\t", "encoding": "utf-16"}, {"encoding": "cp1252"}])
def test_csv_is_read_as_it_is_saved(read, how):
    rows = [HEAD, ("Café thefts – night", "Harm", "3", "A"), ("Arson", "Harm", "4", "A")]
    assert read(rows, **how).issues == ("Café thefts – night", "Arson")


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_a_workbook_is_read_too(read, tmp_path, ending):
    path = tmp_path / f"scores.{ending}"
    notes = workbook.Sheet("Notes", (("What this is", "By whom"), ("Scores", "Analyst")))
    workbook.write([notes, workbook.Sheet("Scores", (HEAD, *ROWS))], path)
    found = matrix.read(path)
    np.testing.assert_array_equal(found.scores, read([HEAD, *ROWS]).scores)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Theft", "Harm", "seven", "Police"), "scores.csv, row 10: the score “seven” is no number. Write it as 3 or 3.5."),
        (("Theft", "Harm", "3,5", "Police"), "row 10: the score “3,5” is no number"),
        (("Theft", "Harm", "nan", "Police"), "row 10: the score “nan” is no number"),
        (("Theft", "Harm", "1e3", "Police"), "row 10: the score “1e3” is no number"),
        (
            ("Theft", "Harm", "6", "Police"),
            "row 10: the score 6 lies outside the scale of “Harm”, 1 to 5. Another scale goes into",
        ),
        (("Theft", "Harm", "0", "Police"), "row 10: the score 0 lies outside the scale"),
        (("", "Harm", "3", "Police"), "row 10: the issue is blank"),
        (("Theft", " ", "3", "Police"), "row 10: the criterion is blank"),
        (("Theft", "Harm", "3", ""), "row 10: the scorer is blank"),
        (("ARSON", "harm", "3", "police"), "row 10: this issue was scored on this criterion in row 4 already."),
    ],
)
def test_a_row_that_cannot_be_used_is_named(read, row, sentence):
    with pytest.raises(InputRejected) as refused:
        read([HEAD, *ROWS, row])
    assert sentence in str(refused.value) and "column Scorer" not in str(refused.value)


def test_the_same_score_twice_without_scorers_says_what_to_do(read):
    with pytest.raises(InputRejected, match=r"row 3: .* in row 2 already\. Where several people scored, say who"):
        read([HEAD[:3], ("Arson", "Harm", "3"), ("Arson", "Harm", "4")])


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([("Harm", "3", "", "")], "weights.csv gives no weight for “Volume”."),
        ([("Harm", "3", "", ""), ("Volum", "1", "", "")], "weights.csv, row 3: nothing was scored on “Volum”."),
        ([("Harm", "0", "", "")], "row 2: the weight is 0. It must be more than nought"),
        ([("Harm", "-1", "", "")], "row 2: the weight is -1."),
        ([("Harm", "", "", "")], "row 2: the weight is blank."),
        ([("Harm", "much", "", "")], "row 2: the weight “much” is no number"),
        ([("Harm", "3", "", ""), ("harm", "1", "", "")], "row 3: “Harm” has a weight already."),
        ([("Harm", "3", "1", "")], "row 2: the highest score is blank."),
        ([("Harm", "3", "", "5")], "row 2: the lowest score is blank."),
        ([("Harm", "3", "5", "5")], "row 2: the highest score must be above the lowest."),
    ],
)
def test_weights_that_cannot_be_used_are_named(read, weights, sentence):
    with pytest.raises(InputRejected) as refused:
        read([HEAD, *ROWS], [WEIGHTS[0], *weights])
    assert sentence in str(refused.value)


def test_weights_may_be_percentages(read):
    assert read([HEAD, *ROWS], [WEIGHTS[0], ("Harm", "75%", "", ""), ("Volume", "25 %", "", "")]).weights.tolist() == [0.75, 0.25]


def test_a_table_of_something_else_or_of_too_much_is_refused(read):
    with pytest.raises(InputRejected, match="scores.csv has no table with the headings Issue, Criterion and Score"):
        read([("Issue", "Points"), ("Arson", "3")])
    with pytest.raises(InputRejected, match="row 202: there are more than 200 issues"):
        read([HEAD[:3], *((f"Issue {i}", "Harm", "3") for i in range(201))])


# ---- worked out ----

STANDING = {"Abuse": (5, 5, 5), "Theft": (4, 1, 2), "Arson": (1, 4, 2), "Noise": (1, 1, 1), "Litter": (2, "", 3)}


def table(scorer=None, **changed):
    rows = STANDING | changed
    return [
        (issue, criterion, str(score), *([scorer] if scorer else []))
        for issue, scores in rows.items()
        for criterion, score in zip(("Harm", "Volume", "Concern"), scores, strict=True)
    ]


@pytest.fixture
def ranked(read):
    other = table("B", Theft=(2, 1, 2), Arson=(1, 5, 2), Litter=(2, "-", 3))
    weights = [("Criterion", "Weight"), ("Harm", "2"), ("Volume", "1"), ("Concern", "1")]
    return matrix.rank(read([HEAD, *table("A"), *other], weights))


def test_issues_stand_in_order_with_what_the_weights_do(ranked):
    told = json.loads(json.dumps(matrix.as_json(ranked), allow_nan=False))
    assert [(i["issue"], i["place"]) for i in told["issues"]] == [
        ("Abuse", 1), ("Theft", 2), ("Arson", 3), ("Noise", 4), ("Litter", None),
    ]  # fmt: skip
    abuse, theft, arson, noise, litter = told["issues"]
    assert (told["top"], told["draws"], told["concentration"]) == (2, 10_000, 50)
    assert abuse["words"] == "1st whatever the weights." and noise["words"] == "4th whatever the weights."
    assert theft["words"].startswith("Its place depends on the weights: between 2nd and 3rd in 95%")
    assert litter["words"] == "It has no place, because nobody scored it on Volume."
    assert (abuse["why"], litter["why"]) == (None, litter["words"])
    assert (litter["total"], litter["any_weights"]) == (None, {"low": None, "high": None, "share_in_top": None})
    # Theft 3 on harm of 1 to 5, 1 on volume, 2 on concern: 2/4 1/2 + 1/4 1/4.
    assert theft["total"] == 0.3125 and theft["scores"][0] == {
        "criterion": "Harm", "score": 0.5, "scored_by": 2, "spread": pytest.approx(0.5 / 2**0.5, abs=1e-4),
    }  # fmt: skip
    assert arson["any_weights"]["low"] == 2 and arson["any_weights"]["high"] == 3
    assert theft["any_weights"]["share_in_top"] == pytest.approx(1 - arson["any_weights"]["share_in_top"], abs=1e-3)
    # Theft leads Arson where 2 w1 > 3.5 w2: near 2 to 1 that holds more often than under any weights.
    assert theft["near_given_weights"]["share_in_top"] > theft["any_weights"]["share_in_top"]


def test_what_is_said_of_the_whole(ranked):
    told = matrix.as_json(ranked)
    assert told["scorers"] == {
        "count": 2,
        "issues_scored_by_all": 4,
        "kendall_w": 0.9,
        "why": None,
        "differ_most_on": ["Theft", "Arson"],
    }
    assert [c["tau_b_without"] for c in told["criteria"]] == [0.6667, 1.0, 1.0], (
        "without harm Arson passes Theft: one pair of six"
    )
    said = "\n".join(told["words"])
    assert "Leaving out “Harm” changes the order most (tau-b 0.67)." in said
    assert "Scorers differ most on Theft (0.18) and Arson (0.04)." in said
    assert "Kendall's W of their orders is 0.90 on four issues" in said
    assert "It is not MoRiLE" in said and matrix.LIMITS in said and not avoided(said)
    assert "Police" not in json.dumps(told)


def test_lines_for_a_terminal_hold_the_ranked_table(ranked):
    lines = matrix.as_words(ranked).splitlines()
    assert lines[1] == "   1  Harm: weight 50%, scored 1 to 5"
    at = next(i for i, line in enumerate(lines) if line.startswith("Place"))
    assert [line.split()[0] for line in lines[at + 1 : at + 6]] == ["1", "2", "3", "4", "-"]
    assert lines[at + 1].split() == ["1", "1.00", "1.00", "1.00", "1.00", "1", "100%", "1", "100%", "Abuse"]
    assert lines[at + 5].split() == ["-", "-", "0.25", "-", "0.50", "-", "-", "-", "-", "Litter"]
    assert "Litter: It has no place, because nobody scored it on Volume." in lines


@pytest.mark.parametrize(("share", "words"), [(0.0, "0%"), (0.004, "<1%"), (0.5, "50%"), (0.996, ">99%"), (1.0, "100%")])
def test_a_share_is_never_printed_as_none_or_all(share, words):
    assert matrix._percent(share) == words


def test_one_scorer_and_no_order_are_said(read):
    ranked = matrix.rank(read([HEAD[:3], *table()]))
    alone = matrix.findings(ranked)
    assert matrix.as_json(ranked)["scorers"]["kendall_w"] is None and matrix.as_json(ranked)["scorers"]["why"] in alone
    assert "One person scored, so nothing is known of how far others would differ." in alone
    level = [HEAD, *((issue, "Harm", "3", who) for issue in "ab" for who in "xy")]
    said = matrix.findings(matrix.rank(read(level)))
    assert said[0] == "All issues have the same total, so there is no order that other weights could change."
    assert "No two scorers gave the same cell different scores." in said
    assert "How far their orders agree cannot be told: their totals are all equal." in said
    apart = [HEAD, ("a", "Harm", "3", "x"), ("b", "Harm", "2", "y"), ("c", "Harm", "2", "y")]
    assert "How far their orders agree cannot be told: no issues were scored in full by every scorer." in matrix.findings(
        matrix.rank(read(apart))
    )
    same = [HEAD[:3], *((issue, c, str(s)) for issue, s in (("a", 5), ("b", 1)) for c in ("Harm", "Cost"))]
    assert "Leaving out any one criterion leaves the order as it is." in matrix.findings(matrix.rank(read(same)))


@pytest.mark.parametrize(("ranked_issues", "top"), [(2, 1), (3, 2), (4, 2), (5, 3), (6, 5), (9, 5)])
def test_the_top_is_five_or_half_of_few(read, ranked_issues, top):
    rows = [HEAD[:3], *((f"Issue {i}", "Harm", str(1 + i % 5)) for i in range(ranked_issues))]
    assert matrix.rank(read(rows)).near.k == top


def test_what_cannot_be_ranked_is_said(read):
    with pytest.raises(CsplanError, match="Fewer than two issues were scored on every criterion"):
        matrix.rank(read([HEAD[:3], ("Arson", "Harm", "3"), ("Theft", "Harm", "-")]))
    for top in (0, 4, -1):
        with pytest.raises(CsplanError, match=f"--top is {top}: it must be at least 1 and less than the 4 issues"):
            matrix.rank(read([HEAD[:3], *table()]), top)
    assert matrix.rank(read([HEAD[:3], *table()]), 3).near.k == 3


def test_the_docstring_of_the_concentration_holds():
    wide = prioritisation.matrix([[1, 0], [0, 1]], [1, 4], [0, 1])
    moved = prioritisation.move_weights(wide, 1, concentration=matrix.CONCENTRATION)
    assert moved.in_top.tolist() == [0, 1]
