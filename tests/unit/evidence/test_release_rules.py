"""Tables of counts and ledgers of figures, from the file to the rules and the attack."""

import json
from pathlib import Path
from typing import Any

import pytest

from csplan.errors import CsplanError, InputRejected
from csplan.evidence import release_ledger, release_rules
from csplan.evidence.incoming import package, sheet_reader
from csplan.statistics import disclosure, ledger
from csplan.statistics.ledger import Published


def table(text: str) -> release_rules.Counts:
    return release_rules.read_table(sheet_reader.read_csv(text.encode(), "t.csv"), "t.csv")


def problems(text: str, tier: str = "S", *, authority: bool = False) -> list[str]:
    return list(release_rules.check(table(text), tier, authority=authority).problems)


FIRES = "Area,Period,Category,Count\nE02000001,2025-Q1,Fire,3\nE02000002,2025-Q1,Fire,12\nE02000001,2025-Q1,Other,[c]\nE02000002,2025-Q1,Other,n/a\n"


def test_a_table_is_shown_by_the_rules_with_sums_of_what_is_shown():
    found = release_rules.check(table(FIRES), "S")
    assert found.problems == () and found.heads == ("Area", "Period", "Category", "Count")
    assert found.lines == (
        ("E02000001", "2025-Q1", "Fire", "[c]"),
        ("E02000002", "2025-Q1", "Fire", "10"),
        ("E02000001", "2025-Q1", "Other", "[c]"),
        ("E02000002", "2025-Q1", "Other", "[x]"),
        ("Sum of the counts shown", "2025-Q1", "Fire", "10"),
        ("Sum of the counts shown", "2025-Q1", "Other", "[x]"),
    )
    # What was sent hidden or missing is as it was sent.
    assert found.changed == ("row 2", "row 3")
    assert found.released.tier is disclosure.SHARED


def test_what_is_as_it_may_be_shown_is_not_changed():
    assert release_rules.check(table("Period,Count\n2025-Q1,10\n2025-Q2,[c]\n2025-Q3,-\n2025-Q4,15\n"), "S").changed == ()
    found = release_rules.check(table("Period,Count\n2025-Q1,10\n2025-Q2,11\n"), "S")
    assert found.changed == ("row 3",) and [line[-1] for line in found.lines] == ["10", "10"]


def test_no_sum_of_one_area_and_none_without_areas():
    assert len(release_rules.check(table("Area,Count\nA,10\n"), "S").lines) == 1
    assert len(release_rules.check(table("Category,Count\nA,10\nB,20\n"), "S").lines) == 2
    assert release_rules.check(table("Area,Count\nA,3\nB,2\n"), "S").lines[-1] == ("Sum of the counts shown", "[c]")


def test_rates_are_of_rounded_counts():
    found = release_rules.check(table("Area,Count,Population\nA,12,4000\nB,12,3999\nC,3,9000\nD,[x],9000\n"), "S")
    assert found.heads == ("Area", "Count", "Rate per 1,000")
    assert [line[2] for line in found.lines] == ["2.5", "3", "[c]", "[x]", ""]
    assert [line[1] for line in found.lines] == ["10", "10", "[c]", "[x]", "[x]"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Area,Notes,Count\nA,x,1\n", "t.csv has the column ‘Notes’. Only Area, Period, Category, Count, Population are read."),
        ("Area,Number\nA,1\n", "t.csv has the column ‘Number’."),
        ("Area,Period\nA,2025\n", "t.csv needs the column Count once, and at least one of Area, Period, Category."),
        ("Population,Count\n9,1\n", "t.csv needs the column Count once, and at least one of Area"),
        ("Area,count,COUNT\nA,1,2\n", "t.csv needs the column Count once"),
        ("Area,Count\nA,1\nB,1.5\n", "t.csv, row 3: ‘1.5’ is no count. Write a whole number, or [c] or [x]."),
        ("Area,Count\nA,-3\n", "t.csv, row 2: ‘-3’ is no count."),
        ("Area,Count\nA,12%\n", "t.csv, row 2: ‘12%’ is no count."),
        ("Area,Count\nA,few\n", "t.csv, row 2: ‘few’ is no count."),
        ("Area,Count\nA,1\nB,2\nA,3\n", "t.csv, row 4: the same area as in row 2. Give each once."),
        ("Area,Period,Count\nA,2025,1\nA,2025,2\n", "t.csv, row 3: the same area and period as in row 2."),
        ("Area,Count\nA,1\n,2\n", "t.csv, row 3: Area is blank. Fill it in."),
        ("Area,Count\nA,1\nTotal,2\n", "t.csv, row 3: ‘Total’ is a total. Leave it out"),
        ("Category,Count\nAll,1\nB,2\n", "t.csv, row 2: ‘All’ is a total."),
        ("Area,Count,Population\nA,1,0\n", "t.csv, row 2: ‘0’ is no population. Write a number above zero."),
        ("Area,Count,Population\nA,1,[c]\n", "t.csv, row 2: ‘[c]’ is no population."),
        ("Area,Count,Population\nA,1,9%\n", "t.csv, row 2: ‘9%’ is no population."),
        ("Area,Count,Population\nA,1,lots\n", "t.csv, row 2: ‘lots’ is no population."),
        ("Count\n1\n", "t.csv holds 0 tables. Give one"),
    ],
)
def test_a_table_that_is_not_one_is_refused_with_its_row(text, sentence):
    with pytest.raises(InputRejected) as refused:
        table(text)
    assert str(refused.value).startswith(sentence)


def test_headings_in_any_order_and_case():
    found = table("COUNT,category,area\n1,Fire,A\n")
    assert found.keys == ("Area", "Category") and found.rows == (("A", "Fire"),) and found.counts == (1.0,)
    assert found.population is None


@pytest.mark.parametrize(
    ("text", "tier", "authority", "found"),
    [
        ("Area,Count\nE01000001,30\n", "S", False, []),
        (
            "Area,Count\ne00000001,30\n",
            "S",
            False,
            ["row 2: e00000001 is too small. The smallest that tier S shows: small area (LSOA)."],
        ),
        ("Area,Count\nW00000001,30\n", "S", False, ["row 2: W00000001 is too small."]),
        (
            "Area,Count\nA,9\nE01000001,30\n",
            "V",
            False,
            ["row 3: E01000001 is too small. The smallest that tier V shows: electoral division, or neighbourhood (MSOA)."],
        ),
        ("Area,Count\nW01000001,30\n", "V", False, ["row 2: W01000001"]),
        ("Area,Count\nE02000001,30\n", "V", False, []),
        ("Area,Count,Population\nE02000001,30,4999\n", "V", False, ["row 2: 4,999 people live there, and tier V needs 5,000."]),
        ("Area,Count,Population\nE02000001,30,5000\n", "V", False, []),
        ("Area,Count,Population\nE01000001,30,900\n", "S", False, []),
        ("Period,Count\n2025-06,30\n", "S", False, ["row 2: 2025-06 is too short. The shortest that tier S shows: quarter."]),
        ("Period,Count\n2025-Q2,30\n", "S", False, []),
        ("Period,Count\n2025-06,30\n", "S", True, []),
        (
            "Period,Count\n2025-01..2025-11,30\n",
            "V",
            False,
            ["row 2: 2025-01..2025-11 is too short. The shortest that tier V shows: financial year."],
        ),
        ("Period,Count\n2024/25,30\n", "V", False, []),
        ("Period,Count\n2025-Q2,30\n", "V", True, []),
        ("Period,Count\n2025-06,30\n", "V", True, ["row 2: 2025-06 is too short. The shortest that tier V shows: quarter."]),
        ("Period,Count\nlast summer,30\n", "V", False, []),
        (
            "Period,Count\n2025,30\n12m-to-2026-01,30\n",
            "V",
            False,
            ["The periods 2025 and 12m-to-2026-01 overlap, so that one can"],
        ),
        ("Period,Count\n2025,30\n2026,30\n", "V", False, []),
        ("Area,Period,Count\nA,2025,30\nB,2025,30\n", "V", False, []),
    ],
)
def test_what_is_too_fine_is_told(text, tier, authority, found):
    said = problems(text, tier, authority=authority)
    assert len(said) == len(found) and all(a.startswith(b) for a, b in zip(said, found, strict=True))


def test_a_group_that_is_all_of_one_category_is_told():
    whole = "Area,Category,Count\nA,Men,30\nA,Women,0\nB,Men,3\nB,Women,0\nC,Men,0\nC,Women,0\n"
    assert problems(whole, authority=True) == [
        "row 2: all of A is shown to be ‘Men’. Merge categories.",
        "row 4: all of B is shown to be ‘Men’. Merge categories.",
    ]
    assert problems(whole) == []
    assert problems("Category,Count\nMen,0\nWomen,40\n", authority=True) == [
        "row 3: all of the table is shown to be ‘Women’. Merge categories."
    ]
    assert problems("Category,Count\nMen,40\n", authority=True) == []
    assert problems("Category,Count\nMen,0\nWomen,[x]\n", authority=True) == []
    assert problems("Category,Count\nMen,0\nWomen,40\nOther,3\n", authority=True) == []


# The ledger.
BASE: dict[str, Any] = {
    "tier": "S",
    "atoms": ["a", "b"],
    "published": [
        {"name": "ward", "kind": "exact", "atoms": ["a", "b"], "value": 33, "out": True},
        {"name": "a", "kind": "exact", "atoms": ["a"], "value": 30},
        {"name": "b", "kind": "mark", "atoms": ["b"]},
    ],
}


def read(tmp_path: Path, told: Any) -> release_ledger.Ledger:
    file = tmp_path / "l.json"
    file.write_text(told if isinstance(told, str) else json.dumps(told), encoding="utf-8")
    return release_ledger.read_ledger(file)


def figure(tmp_path: Path, **item: Any) -> tuple[Published, ...]:
    return read(tmp_path, BASE | {"published": [{"name": "N", "atoms": ["a"], **item}], "targets": []}).published


def test_each_kind_is_read_as_it_was_printed(tmp_path):
    a = {0: 1}
    for item, made in (
        ({"kind": "exact", "value": 4}, ledger.exact("N", a, 4)),
        ({"kind": "rounded", "value": 15}, ledger.nearest("N", a, 15, 5)),
        ({"kind": "rounded", "value": 20, "base": 10}, ledger.nearest("N", a, 20, 10)),
        ({"kind": "mark"}, ledger.mark("N", a, disclosure.SHARED)),
        ({"kind": "rate", "value": "2.50", "population": 4000}, ledger.rate("N", a, "2.50", 4000)),
        ({"kind": "rate", "value": "25", "population": 4000, "per": 10_000}, ledger.rate("N", a, "25", 4000, per=10_000)),
        ({"kind": "not lower", "than": ["b"]}, ledger.not_lower("N", a, {1: 1})),
        ({"kind": "controlled", "value": 15}, ledger.controlled("N", a, 15, 5)),
        ({"kind": "within", "value": 15, "reach": 2}, ledger.within("N", a, 15, 2)),
    ):
        assert figure(tmp_path, **item) == (made,)
    assert figure(tmp_path, kind="exact", value=4, atoms={"a": 2, "b": -1}) == (ledger.exact("N", {0: 2, 1: -1}, 4),)
    [out] = figure(tmp_path, kind="exact", value=4, out=True, use=3)
    assert out.is_out and out.use == 3


def test_restated_figures_bring_atoms_of_their_own(tmp_path):
    item = {"name": "later", "kind": "exact", "atoms": ["a", "b"], "value": 34, "restated": ["b"]}
    held = read(tmp_path, BASE | {"published": [item, item | {"name": "again"}], "targets": []})
    assert held.atoms == ("a", "b", "added to b", "removed from b")
    assert held.published[0] == ledger.exact("later", {0: 1, 1: 1, 2: 1, 3: -1}, 34)
    assert held.published[1].weights == {1: 1, 3: -1} and held.published[2].weights == held.published[0].weights


def test_targets_are_those_named_or_every_sum_and_difference(tmp_path):
    assert {t.name for t in read(tmp_path, BASE).targets} == {
        "ward",
        "a",
        "b",
    }
    named = read(tmp_path, BASE | {"targets": [{"name": "T", "atoms": ["b"], "others": ["a"]}], "authority": True})
    [target] = named.targets
    assert (target.name, target.weights, target.others, target.tier) == ("T", {1: 1}, {0: 1}, disclosure.SHARED_AUTHORITY)
    assert target.is_small and named.tier is disclosure.SHARED_AUTHORITY
    many = [{"name": str(i), "kind": "exact", "atoms": ["a"], "value": 30} for i in range(1001)]
    with pytest.raises(InputRejected, match="targets: name them, for of more than 1,000 figures"):
        read(tmp_path, BASE | {"published": many})


def test_an_insider_knows_more_and_their_own_is_no_target(tmp_path):
    shown = [{"name": "ward", "kind": "exact", "atoms": ["a", "b"], "value": 33}, {"name": "b", "kind": "mark", "atoms": ["b"]}]
    told = BASE | {"published": shown, "insiders": [{"name": "the fire service", "knows": {"a": 30}}]}
    answer = release_ledger.ask(read(tmp_path, told), "l.json")
    found = {(who, f.name): f.verdict for who, f in answer.findings}
    assert found["", "b"] == "safe" and found["the fire service", "b"] == "exact"
    assert not answer.is_safe and answer.repair is None and answer.as_json()["withdraw"] == []
    assert "For the fire service: b can be worked out: it is 3." in answer.sentences()
    knows_b = BASE | {"published": shown, "insiders": [{"name": "X", "knows": {"b": 0, "a": 33}}]}
    assert {who for who, _ in release_ledger.ask(read(tmp_path, knows_b), "l").findings} == {""}


def test_an_answer_in_words_and_as_json(tmp_path):
    answer = release_ledger.ask(read(tmp_path, BASE), "l.json")
    assert answer.sentences() == [
        "b can be worked out: it is 3.",
        "1 of 3 counts can be worked out, or nearly.",
        "Try first to merge categories or areas, or to take a longer period. Else withdraw: a.",
    ]
    told = answer.as_json()
    assert (told["tier"], told["safe"], told["withdraw"], told["blocked"]) == ("S", False, ["a"], [])
    [b] = [t for t in told["targets"] if t["name"] == "b"]
    assert (b["verdict"], b["safe"], b["low"], b["high"], b["known_by"], b["witnesses"]) == ("exact", False, 3, 3, None, [])
    assert set(b["carried_by"]) == {"ward", "a"}
    out = [item | {"out": True} for item in BASE["published"]]
    blocked = release_ledger.ask(read(tmp_path, BASE | {"published": out}), "l.json")
    assert blocked.as_json()["blocked"] == ["b"]
    assert blocked.sentences()[-1] == "What is out already tells these, and no withdrawal of what is new mends it: b."
    safe = release_ledger.ask(read(tmp_path, BASE | {"published": BASE["published"][2:]}), "l.json")
    assert safe.is_safe and safe.sentences() == ["None of one count can be worked out from these figures."]
    [only] = safe.as_json()["targets"]
    assert [w["b"] for w in only["witnesses"]] == [0, 7] and (only["low"], only["high"]) == (0, 7)
    free = BASE | {
        "published": [{"name": "lead", "kind": "not lower", "atoms": ["a"], "than": ["b"]}],
        "targets": [{"name": "a", "atoms": ["a"]}],
    }
    assert release_ledger.ask(read(tmp_path, free), "l").as_json()["targets"][0]["high"] is None


def test_figures_that_contradict_each_other_are_refused(tmp_path):
    wrong = BASE | {"published": [*BASE["published"], {"name": "x", "kind": "exact", "atoms": ["a"], "value": 31}]}
    with pytest.raises(
        InputRejected, match=r"^l.json: the published figures contradict each other: no table of counts fits them all\.$"
    ):
        release_ledger.ask(read(tmp_path, wrong), "l.json")


N = {"name": "N", "kind": "exact", "atoms": ["a"], "value": 4}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("{", "l.json is no JSON document."),
        ("[" * 100_000, "l.json is no JSON document."),
        ([], "l.json, its top: write"),
        ({"tier": "O"}, "l.json, its top: write"),
        ({"tier": ["S"]}, "l.json, its top: write"),
        ({"notes": 1}, "l.json, its top: write"),
        ({"atoms": ["a", "a"]}, "l.json, atoms: write a list of names, no two alike."),
        ({"atoms": []}, "l.json, atoms:"),
        ({"atoms": "ab"}, "l.json, atoms:"),
        ({"atoms": [1, 2]}, "l.json, atoms:"),
        ({"published": []}, "l.json, published: write a list."),
        ({"published": {}}, "l.json, published: write a list."),
        ({"targets": 1}, "l.json, targets: write a list."),
        ({"published": [N, {"kind": "exact"}]}, 'l.json, published figure 2: it has no "name".'),
        ({"published": [N, 3]}, 'l.json, published figure 2: it has no "name".'),
        ({"published": [N | {"name": ""}]}, 'l.json, published figure 1: it has no "name".'),
        ({"published": [N | {"colour": 1}]}, "l.json, published figure 1 (‘N’): “colour” is not known here."),
        (
            {"published": [N | {"kind": "guess"}]},
            "l.json, published figure 1 (‘N’): “guess” is no kind. Write one of exact, rounded",
        ),
        ({"published": [N | {"atoms": ["c"]}]}, "l.json, published figure 1 (‘N’): “c” is no atom."),
        ({"published": [N | {"atoms": [["a"]]}]}, "l.json, published figure 1 (‘N’): “['a']” is no atom."),
        ({"published": [N | {"atoms": ["a", "a"]}]}, "l.json, published figure 1 (‘N’): “a” stands twice."),
        ({"published": [N | {"atoms": []}]}, "l.json, published figure 1 (‘N’): it names no atoms."),
        ({"published": [N | {"atoms": {"a": 0}}]}, "l.json, published figure 1 (‘N’): “a” counts 0 times."),
        ({"published": [N | {"value": 4.5}]}, "l.json, published figure 1 (‘N’): “value” is 4.5: a whole number is needed."),
        ({"published": [N | {"value": True}]}, "l.json, published figure 1 (‘N’): “value” is True: a whole number is needed."),
        ({"published": [N | {"value": 10**8}]}, "l.json, published figure 1 (‘N’): “value” is 100000000: a whole number"),
        ({"published": [N | {"use": "much"}]}, "l.json, published figure 1 (‘N’): “use” is much: a whole number is needed."),
        (
            {"published": [N | {"kind": "rounded"}]},
            "l.json, published figure 1 (‘N’): N is 4: it is not rounded to the nearest 5.",
        ),
        (
            {"published": [N | {"kind": "rate", "value": 2.5}]},
            "l.json, published figure 1 (‘N’): write its value as it was printed",
        ),
        ({"published": [N | {"kind": "rate", "value": "2"}]}, "l.json, published figure 1 (‘N’): “population” is None"),
        ({"published": [N | {"kind": "not lower"}]}, "l.json, published figure 1 (‘N’): it names no atoms."),
        (
            {"published": [N | {"kind": "not lower", "than": ["a"]}]},
            "l.json, published figure 1 (‘N’): N compares a sum with itself.",
        ),
        ({"published": [N | {"kind": "within"}]}, "l.json, published figure 1 (‘N’): “reach” is None"),
        ({"published": [N | {"restated": ["c"]}]}, "l.json, published figure 1 (‘N’): “c” is no atom."),
        ({"targets": [{"name": "T", "atoms": ["c"]}]}, "l.json, target 1: “c” is no atom."),
        ({"targets": [{"name": "T", "atoms": ["a"], "kind": 1}]}, "l.json, target 1 (‘T’): “kind” is not known here."),
        ({"insiders": [{"name": "I", "knows": ["a"]}]}, 'l.json, insider 1 (‘I’): write "knows" as a count for each atom.'),
        ({"insiders": [{"name": "I", "knows": {"a": "x"}}]}, "l.json, insider 1: “a” is x: a whole number is needed."),
        ({"insiders": [{"name": "I", "knows": {"c": 1}}]}, "l.json, insider 1: “c” is no atom."),
    ],
)
def test_a_ledger_that_is_not_one_is_refused_with_its_item(tmp_path, change, sentence):
    told = BASE | change if isinstance(change, dict) else change
    with pytest.raises(InputRejected) as refused:
        read(tmp_path, told)
    assert str(refused.value).startswith(sentence)


def test_a_ledger_that_is_not_there_or_too_large(tmp_path, monkeypatch):
    with pytest.raises(CsplanError, match="There is no file"):
        release_ledger.read_ledger(tmp_path / "none.json")
    monkeypatch.setattr(package, "FILE_BYTES", 10)
    with pytest.raises(InputRejected, match="l.json is larger than"):
        read(tmp_path, BASE)
