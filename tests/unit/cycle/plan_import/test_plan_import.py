"""Reading an outline as a plan: what labels and announcements mean, and that nothing of a file is dropped or counted twice."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.cycle import outline, plan, plan_import
from csplan.cycle.outline import Block, Left, Outline, Row, Table, cell_place
from csplan.cycle.plan_import import signals as sign

WORDS = {"priority": "Strategic priority", "work_area": "Work area", "deliverable": "Key deliverable"}


def blocks(*lines: str) -> tuple[Block, ...]:
    """`# Heading`, `## Heading`, `* item`, `** item inside`, `1. item`, or a paragraph."""
    out = []
    for n, line in enumerate(lines, 1):
        sign_, _, words = line.partition(" ")
        place = f"paragraph {n}"
        if sign_ and set(sign_) == {"#"}:
            out.append(Block("heading", len(sign_), words, "", place))
        elif sign_ and set(sign_) == {"*"}:
            out.append(Block("item", len(sign_) - 1, words, "•", place))
        elif sign_.rstrip(".").isdigit() and sign_.endswith("."):
            out.append(Block("item", 0, words, sign_, place))
        else:
            out.append(Block("paragraph", 0, line, "", place))
    return tuple(out)


def read(*lines: str) -> plan_import.Proposal:
    return plan_import.propose(Outline(blocks(*lines)), words=WORDS)


def shape(proposal: plan_import.Proposal) -> list[tuple[str, list[str], list[tuple[str, list[str]]]]]:
    return [
        (p["title"], [a["title"] for a in p["work_areas"]], [(d["title"], d["work_areas"]) for d in p["deliverables"]])
        for p in proposal.plan["priorities"]
    ]


# ---- labels, announcements, vision, years ----


@pytest.mark.parametrize(
    ("kind", "words", "level", "title"),
    [
        ("heading", "Strategic Priority 1: Safe homes", "priority", "Safe homes"),  # the partnership's own word
        ("heading", "Priority One – Safe homes", "priority", "Safe homes"),  # a number in words
        ("heading", "Priority 1 Safe homes", "priority", "Safe homes"),  # no sign, but a capital
        ("heading", "Priority: Safe homes", "priority", "Safe homes"),  # no number
        ("heading", "Priority 1", "priority", ""),  # the title is on the next line
        ("heading", "Theme A: Safe homes", "priority", "Safe homes"),  # another's word
        ("item", "Work area 1.2: Victims", "work_area", "Victims"),
        ("heading", "Area of focus 2 - Victims", "work_area", "Victims"),
        ("paragraph", "Key deliverable 1.1.1: Train staff", "deliverable", "Train staff"),
        ("paragraph", "Action: Train staff", "deliverable", "Train staff"),
        ("heading", "Priority 1 was agreed in November", None, None),  # a sentence
        ("paragraph", "Priority 1 Safe homes", None, None),  # a sentence too, in running text
        ("heading", "Action plan", None, None),
        ("heading", "Action taken by the police", None, None),
        ("heading", "Priorities", None, None),
        ("heading", "Prioritise: everything", None, None),
    ],
)
def test_a_label_tells_the_level(kind: str, words: str, level: str | None, title: str | None):
    found = sign.labelled(Block(kind, 1, words, "", "paragraph 1"), sign.signals(WORDS, ()))
    assert (found.level, found.title) == (level, title) if found else level is None


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Examples of the key deliverables are:", "deliverable"),
        ("We will:", "deliverable"),
        ("The key actions are as follows:", "deliverable"),
        ("By focusing on the following work areas:", "work_area"),
        ("Our areas of focus are:", "work_area"),
        ("Our strategic priorities are:", "priority"),
        ("Strategic priorities 2020-25:", "priority"),
        ("The strategic priorities were agreed in November 2018:", None),  # says something else
        ("We will", None),  # a running sentence: nothing leads on
        ("The following meetings will be held:", None),
    ],
)
def test_a_line_announces_a_level(words: str, level: str | None):
    assert sign.cue(Block("paragraph", 0, words, "", "paragraph 1"), sign.signals(WORDS, ())) == level


@pytest.mark.parametrize(
    ("words", "vision"),
    [
        ("The vision is “A county where all feel safe”.", "A county where all feel safe"),
        ("The vision for the board is 'A county where every child's home is safe'", "A county where every child's home is safe"),
        ('Our vision: "Safer streets for everyone"', "Safer streets for everyone"),
        ("The County Durham Vision 2035 is a shared vision for the next 15 years", None),  # nothing is quoted
        ("“A county where all feel safe” is what we want", None),  # no vision is named
    ],
)
def test_the_vision_is_quoted_after_its_word(words: str, vision: str | None):
    assert sign.quoted_vision(words) == vision


def test_the_vision_stands_below_its_heading():
    assert read("# Our vision", "Safer streets for everyone").plan["version"]["vision"] == "Safer streets for everyone"


@pytest.mark.parametrize(
    ("title", "starts", "ends"),
    [
        ("Plan 2020-25", 2020, 2025),
        ("Plan 2020 to 2025", 2020, 2025),
        ("Plan 2020 – 2023", 2020, 2023),
        ("Plan 2024/25", 2024, 2025),
        ("Plan 2021/22 to 2023/24", 2021, 2024),
        ("Plan 2020", None, None),  # one year
        ("Plan 2025-20", None, None),  # backwards
        ("Plan 2020-99", None, None),  # longer than any plan
    ],
)
def test_a_title_tells_its_years(title: str, starts: int | None, ends: int | None):
    found = sign.years(title)
    assert (found and (found[0].isoformat(), found[1].isoformat())) == (starts and (f"{starts}-04-01", f"{ends}-03-31"))


# ---- what stands in what ----


def test_a_priority_named_twice_is_one():
    found = read(
        "# Our priorities", "* Safe homes", "* Fewer victims", "# Priority 1: Safe homes", "## Work area: Doors", "* Fit locks"
    )
    assert shape(found) == [("Safe homes", ["Doors"], [("Fit locks", ["1.1"])]), ("Fewer victims", [], [])]


def test_a_list_after_text_that_leads_elsewhere_is_left():
    found = read("# Priority 1: Safe homes", "In 2019 we:", "* Held a meeting", "* Wrote a letter")
    assert shape(found) == [("Safe homes", [], [])]
    assert [one.words for one in found.not_understood] == ["In 2019 we:", "• Held a meeting", "• Wrote a letter"]


def test_a_heading_that_names_no_level_ends_what_stands_above_it():
    found = read("# Priority 1: Safe homes", "## Work area: Doors", "* Fit locks", "# Glossary", "* ASB")
    assert shape(found) == [("Safe homes", ["Doors"], [("Fit locks", ["1.1"])])]
    assert [(one.words, one.under) for one in found.not_understood] == [("Glossary", "Glossary"), ("• ASB", "Glossary")]


def test_deliverables_that_the_file_does_not_pair_stay_unpaired():
    found = read(
        "# Priority 1: Safe homes",
        "## Work areas",
        "* Doors",
        "* Windows",
        "## Key deliverables",
        "* Fit locks",
        "* Ask",
        "* Tell",
    )
    deliverables = found.plan["priorities"][0]["deliverables"]
    assert [(d["ref"], d["work_areas"]) for d in deliverables] == [("1.3.1", []), ("1.3.2", []), ("1.3.3", [])]
    assert {d["why"] for d in deliverables} == {"no lead and no day in the file"}


def test_deliverables_announced_under_each_work_area_belong_to_it():
    found = read(
        "# Priority 1: Safe homes", "* Doors", "We will:", "* Fit locks", "# Priority 2: Streets", "## Work area: Lights",
        "We will:", "* Mend lamps", "## Work area: Paths", "We will:", "* Cut hedges", "* Sweep",
    )  # fmt: skip
    assert shape(found)[1] == (
        "Streets",
        ["Lights", "Paths"],
        [("Mend lamps", ["2.1"]), ("Cut hedges", ["2.2"]), ("Sweep", ["2.2"])],
    )


def test_an_objective_is_a_priority_only_where_nothing_else_is():
    assert shape(read("# Objective 1: Safe homes"))[0][0] == "Safe homes"
    below = read("# Priority 1: Homes", "## Objective 1.1: Doors", "* Fit locks", "# Priority 2: Streets")
    assert shape(below) == [("Homes", ["Doors"], [("Fit locks", ["1.1"])]), ("Streets", [], [])]


def test_a_label_alone_takes_its_title_from_the_next_line():
    found = read("# Priority 1", "Safe homes", "# Priority 2", "# Priority 3: Streets")
    assert [p["title"] for p in found.plan["priorities"]] == ["Safe homes", "Streets"]
    assert [(t.ref, t.words) for t in found.taken] == [("1", "Priority 1"), ("1", "Safe homes"), ("2", "Priority 3: Streets")]
    assert [one.words for one in found.not_understood] == ["Priority 2"]


def test_headings_numbered_below_a_priority_are_its_work_areas():
    numbered = Block("heading", 2, "Doors", "1.1", "paragraph 2")
    found = plan_import.propose(Outline((*blocks("# Priority 1: Safe homes"), numbered)), words=WORDS)
    assert shape(found) == [("Safe homes", ["Doors"], [])]


def test_a_title_longer_than_a_reference_page_is_left():
    found = read(f"# Priority 1: {'very long ' * 29}title")
    assert found.plan["priorities"] == [] or len(found.plan["priorities"][0]["title"]) <= 300
    assert read(f"# Priority 1: {'extraordinarily ' * 30}long").not_understood[0].why == "longer than a title may be"


def test_a_hundredth_priority_is_left():
    found = read(*(f"# Priority: Title {n}" for n in range(1, 101)))
    assert len(found.plan["priorities"]) == 99
    assert [one.why for one in found.not_understood] == ["more than have a reference"]


def test_what_a_file_does_not_read_is_listed():
    found = plan_import.propose(Outline((), unread=(Left("paragraph 2", "In a box", "a text box"),)), words=WORDS)
    assert [(one.place, one.words, one.why) for one in found.not_understood] == [("paragraph 2", "In a box", "a text box")]


# ---- nothing dropped, nothing twice ----

TEXTS = st.sampled_from(
    [
        "Strategic Priority 1: Safe homes by focusing on the following work areas:", "Priority 2", "Priority 3: Streets", "Safe homes",
        "Work area 1.1: Doors", "Work areas", "Examples of the key deliverables are:", "We will:", "Key deliverables", "Fit locks",
        "Our vision", "The vision is ‘Safer streets for everyone’", "Draft Plan 2020-25", "Objective 4: Peace", "It happened, then:",
        "Something else.", "Action: Mend lamps", "x" * 320, "Our priorities", "Theme: Roads",
    ]
)  # fmt: skip
NUMBERS = st.sampled_from(["", "•", "1.", "2.", "(a)", "(i)", "1.1", "(b)"])
BLOCKS = st.builds(
    lambda kind, level, words, number: Block(kind, level, words, "" if kind == "paragraph" else number, ""),
    st.sampled_from(["heading", "item", "paragraph"]),
    st.integers(1, 4),
    TEXTS,
    NUMBERS,
)
HEADS = st.lists(
    st.sampled_from(["Priority", "Work area", "Action", "Lead", "Due", "RAG", "No", "Notes", "Objective"]),
    min_size=2,
    max_size=6,
    unique=True,
)
CELLS = st.one_of(st.just(""), TEXTS, st.sampled_from(["Police", "31/03/2021", "soon", "Green", "1. Fit locks\n2. Ask", "1.1"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    heads = draw(HEADS)
    rows = draw(st.lists(st.lists(CELLS, min_size=len(heads), max_size=len(heads)).filter(any), min_size=1, max_size=5))
    return Table(tuple(heads), tuple(Row(tuple(row), "") for row in rows), "")


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Any blocks and tables in any order, each with a place of its own."""
    made, held = [], []
    for n, thing in enumerate(draw(st.lists(st.one_of(BLOCKS, BLOCKS, BLOCKS, tables()), max_size=25)), 1):
        place = f"paragraph {n}"
        if isinstance(thing, Table):
            rows = tuple(Row(row.cells, f"{place}, row {i}") for i, row in enumerate(thing.rows, 1))
            held.append(Table(thing.heads, rows, place))
            made.append(Block("table", 0, "", "", place))
        else:
            made.append(Block(thing.kind, thing.level, thing.words, thing.number, place))
    return Outline(tuple(made), tuple(held))


@settings(max_examples=100)
@given(outlines())
def test_everything_in_a_file_is_taken_or_left_once(read_from: Outline):
    found = plan_import.propose(read_from, words=WORDS)
    places = Counter([t.place for t in found.taken] + [one.place for one in found.not_understood])
    expected = Counter(b.place for b in read_from.blocks if b.kind != "table")
    for table in read_from.tables:
        for row in table.rows:
            if places[row.place]:  # a row of a table that is none of the plan's is left whole
                expected[row.place] += 1
            else:
                expected.update(cell_place(row, head) for head, words in zip(table.heads, row.cells, strict=True) if words)
    assert places == expected


@settings(max_examples=60)
@given(outlines())
def test_every_reference_is_of_its_level_and_given_once(read_from: Outline):
    found = plan_import.propose(read_from, words=WORDS)
    refs = []
    for p in found.plan["priorities"]:
        levels = [(p["ref"], "priority"), *((a["ref"], "work area") for a in p["work_areas"])]
        levels += [(d["ref"], "deliverable") for d in p["deliverables"]]
        assert all(plan.level(ref) == level for ref, level in levels)
        assert all(ref in [a["ref"] for a in p["work_areas"]] for d in p["deliverables"] for ref in d["work_areas"])
        assert all(d["why"] for d in p["deliverables"] if not (d.get("lead") and d.get("due")))
        refs += [ref for ref, _ in levels]
    assert len(refs) == len(set(refs))
    assert {t.ref for t in found.taken} <= {*refs, "title", "vision", "priorities"}


@settings(max_examples=30)
@given(outlines())
def test_an_outline_survives_being_kept_as_json(read_from: Outline):
    import json

    assert outline.from_json(json.loads(json.dumps(outline.as_json(read_from)))) == read_from


def test_a_heading_that_says_a_title_again_goes_back_to_it():
    found = read(
        "# Our priorities", "* Safe homes", "* Streets", "# Safe homes", "## Work areas", "* Doors", "# Streets", "## Work areas", "* Lights",
    )  # fmt: skip
    assert shape(found) == [("Safe homes", ["Doors"], []), ("Streets", ["Lights"], [])]


def test_a_priority_below_the_heading_of_the_vision_is_no_vision():
    found = read("# Our vision", "Priority 1: Safe homes", "# Our vision", "Safer streets for everyone")
    assert found.plan["version"]["vision"] == "Safer streets for everyone"
    assert [p["title"] for p in found.plan["priorities"]] == ["Safe homes"]
