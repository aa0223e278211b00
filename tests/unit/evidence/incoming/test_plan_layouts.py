"""A plan written as a Word document in the ways that partnerships write theirs comes back as the same plan."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplan.cycle import plan_import
from csplan.cycle.outline import grouped
from csplan.evidence.incoming import docx_reader, file

FOLDER = Path(__file__).resolve().parents[4] / "partnerships" / "county-durham"
WORDS = {"priority": "Strategic priority", "work_area": "Work area", "deliverable": "Key deliverable"}

#: A plan: [(title of a priority, [(title of a work area, [titles of deliverables])])]
Plan = list[tuple[str, list[tuple[str, list[str]]]]]


def headings(word: Any, plan: Plan) -> None:
    """Priorities and work areas as headings with their labels, deliverables as bullets below."""
    for n, (priority, areas) in enumerate(plan, 1):
        word.heading(f"Strategic priority {n}: {priority}", 1)
        word.paragraph("Why this matters is told elsewhere.")
        for i, (area, deliverables) in enumerate(areas, 1):
            word.heading(f"Work area {n}.{i}: {area}", 2)
            for title in deliverables:
                word.bullet(title)


def nested_list(word: Any, plan: Plan) -> None:
    """One list of three levels under a heading that says what it lists; nothing is labelled."""
    word.heading("Our strategic priorities", 1)
    for priority, areas in plan:
        word.item(priority, 0)
        for area, deliverables in areas:
            word.item(area, 1)
            for title in deliverables:
                word.item(title, 2)


def table(word: Any, plan: Plan) -> None:
    """A table with columns; the cells of a priority and of a work area are merged down."""
    rows = [["Priority", "Work area", "Action"]]
    for priority, areas in plan:
        first = [priority, "", ""]
        for area, deliverables in areas or [("", [])]:
            for i, title in enumerate(deliverables or [""]):
                rows.append([first[0], area if i == 0 else "", title])
                first = ["", "", ""]
    word.table(rows, merge_down=(0, 1))


def run_in(word: Any, plan: Plan) -> None:
    """Paragraphs that begin with a bold label."""
    for n, (priority, areas) in enumerate(plan, 1):
        word.paragraph(f" {priority}", bold=f"Strategic priority {n}:")
        for i, (area, deliverables) in enumerate(areas, 1):
            word.paragraph(f" {area}", bold=f"Work area {n}.{i}:")
            for title in deliverables:
                word.paragraph(f" {title}", bold="Key deliverable:")


def bold_lines(word: Any, plan: Plan) -> None:
    """No styles at all: bold lines stand for headings, and the numbers of lists are typed."""
    for n, (priority, areas) in enumerate(plan, 1):
        word.paragraph("", bold=f"Priority {n} – {priority}")
        for i, (area, deliverables) in enumerate(areas, 1):
            word.paragraph("", bold=f"Focus area {n}.{i} – {area}")
            for j, title in enumerate(deliverables, 1):
                word.paragraph(f"{j}. {title}")


def apart(word: Any, plan: Plan) -> None:
    """All work areas of a priority, then all its deliverables, each list under a heading of its own."""
    word.heading("Our priorities", 1)
    for priority, areas in plan:
        word.heading(priority, 2)
        word.heading("Areas of focus", 3)
        for area, _ in areas:
            word.item(area, 0)
        word.heading("What we will do", 3)
        for _, deliverables in areas:
            for title in deliverables:
                word.bullet(title)


def announced(word: Any, plan: Plan) -> None:
    """As in a report to a committee: typed numbers, and a line that announces the deliverables."""
    word.paragraph("13) The strategic priorities were agreed in November 2018.")
    for n, (priority, areas) in enumerate(plan, 1):
        letter = chr(ord("a") + n - 1)
        word.paragraph(f"({letter}) Strategic Priority {n}: {priority} by focusing on the following work areas:")
        for i, (area, _) in enumerate(areas):
            word.paragraph(f"({('i', 'ii', 'iii', 'iv', 'v', 'vi')[i]}) {area}")
        word.paragraph("Examples of the key deliverables are:")
        for _, deliverables in areas:
            for title in deliverables:
                word.paragraph(f"- {title}")
    word.paragraph("9 Work is taking place with relevant leads.")
    word.paragraph("(a) A committee that is no priority")


def numbered(word: Any, plan: Plan, *, by_cell: bool = False) -> None:
    """As csplan prints its plans: a table of all priorities; then each under its number, and numbers say what belongs to what."""
    summary = [["Ref", "Priority", "Work areas"]]
    for n, (priority, areas) in enumerate(plan, 1):
        summary.append([str(n), priority, "\n".join(f"{n}.{i} {area}" for i, (area, _) in enumerate(areas, 1))])
    word.table(summary)
    for n, (priority, areas) in enumerate(plan, 1):
        word.heading(f"{n} {priority}", 1)
        word.paragraph("Why it is a priority is told elsewhere.")
        word.heading("Work areas", 2)
        for i, (area, _) in enumerate(areas, 1):
            word.bullet(f"{n}.{i} {area}")
        word.heading("What will be done", 2)
        inside = [(f"{n}.{i}.{j}", t) for i, (_, titles) in enumerate(areas, 1) for j, t in enumerate(titles, 1)]
        if inside:
            word.table(
                [["Ref", "What", "Work areas"], *([ref, t, ref.rpartition(".")[0] if by_cell else ""] for ref, t in inside)]
            )


def numbered_cells(word: Any, plan: Plan) -> None:
    """The same, and each deliverable names its work area by its number in a cell."""
    numbered(word, plan, by_cell=True)


#: Layouts in which a deliverable stands in its work area, and those in which it does not.
PAIRED = (headings, nested_list, table, run_in, bold_lines, numbered, numbered_cells)
UNPAIRED = (apart, announced)


def read(word: Any) -> plan_import.Proposal:
    return plan_import.propose(docx_reader.read(word.bytes(), "plan.docx"), words=WORDS)


def as_told(plan: Plan, *, is_paired: bool) -> list[tuple[str, list[str], list[tuple[str, str, list[str]]]]]:
    """(title, work areas, [(reference, deliverable, its work areas)]) of each priority as it should come back."""
    out = []
    for n, (priority, areas) in enumerate(plan, 1):
        inside = [(i, title) for i, (_, titles) in enumerate(areas, 1) for title in titles]
        in_order = not is_paired and len(inside) == len(areas)
        deliverables, taken = [], dict[int, int]()
        for position, (i, title) in enumerate(inside, 1):
            area = i if is_paired else position if in_order else len(areas) + 1
            taken[area] = taken.get(area, 0) + 1
            deliverables.append((f"{n}.{area}.{taken[area]}", title, [f"{n}.{area}"] if is_paired or in_order else []))
        out.append((priority, [area for area, _ in areas], deliverables))
    return out


def as_read(proposal: plan_import.Proposal) -> list[tuple[str, list[str], list[tuple[str, str, list[str]]]]]:
    return [
        (p["title"], [a["title"] for a in p["work_areas"]], [(d["ref"], d["title"], d["work_areas"]) for d in p["deliverables"]])
        for p in proposal.plan["priorities"]
    ]


# ---- the plan of County Durham ----


@pytest.fixture(scope="module")
def durham() -> Plan:
    told = tomllib.loads((FOLDER / "plan-2020-25.toml").read_text(encoding="utf-8"))
    return [
        (
            p["title"],
            [
                (a["title"], [d["title"] for d in p["deliverables"] if d["ref"].startswith(a["ref"] + ".")])
                for a in p["work_areas"]
            ],
        )
        for p in told["priorities"]
    ]


@pytest.mark.parametrize("layout", [*PAIRED, *UNPAIRED], ids=lambda layout: layout.__name__)
def test_the_plan_of_county_durham_comes_back_from_every_layout(
    word: Callable[[], Any], durham: Plan, layout: Callable[..., None]
):
    made = word()
    made.heading("Draft Safe Durham Partnership Plan 2020-25", 0)
    made.paragraph("The vision for the board is ‘A county where every adult and child will feel and be safe’.")
    layout(made, durham)
    proposal = read(made)
    assert as_read(proposal) == as_told(durham, is_paired=layout in PAIRED)
    assert plan_import.counts(proposal.plan) == {"priorities": 6, "work_areas": 17, "deliverables": 17}
    assert proposal.plan["version"]["vision"] == "A county where every adult and child will feel and be safe"
    about = proposal.plan["plan"]
    assert (about["title"], about["slug"]) == ("Safe Durham Partnership Plan 2020-25", "2020-25")
    assert (about["starts_on"].isoformat(), about["ends_on"].isoformat()) == ("2020-04-01", "2025-03-31")


def test_pairing_by_order_says_so(word: Callable[[], Any], durham: Plan):
    made = word()
    announced(made, durham)
    reasons = {d["why"] for p in read(made).plan["priorities"] for d in p["deliverables"]}
    assert reasons == {"paired by order; no lead and no day in the file"}


# ---- any plan ----

#: Words that are no label, no announcement and no number, so that a title means only itself.
WORD = st.sampled_from(
    "safe homes streets people young families victims support reduce harm night town rural roads online".split()
)
TITLE = st.lists(WORD, min_size=2, max_size=6).map(lambda words: " ".join(words).capitalize())
NUMBERED = st.tuples(TITLE, st.integers(0, 10**6)).map(lambda pair: f"{pair[0]} {pair[1]}")
AREAS = st.lists(st.tuples(NUMBERED, st.lists(NUMBERED, max_size=3)), max_size=4, unique_by=lambda area: area[0].casefold())
PLANS = st.lists(st.tuples(NUMBERED, AREAS), min_size=1, max_size=4, unique_by=lambda priority: priority[0].casefold())


def comes_back(word: Callable[[], Any], plan: Plan, layout: Callable[..., None]) -> None:
    made = word()
    layout(made, plan)
    assert as_read(read(made)) == as_told(plan, is_paired=layout in PAIRED)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS, layout=st.sampled_from([*PAIRED, *UNPAIRED]))
def test_any_plan_comes_back_from_any_layout(word: Callable[[], Any], plan: Plan, layout: Callable[..., None]):
    comes_back(word, plan, layout)


@pytest.mark.slow
@settings(max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS, layout=st.sampled_from([*PAIRED, *UNPAIRED]))
def test_many_plans_come_back_from_every_layout(word: Callable[[], Any], plan: Plan, layout: Callable[..., None]):
    comes_back(word, plan, layout)


# ---- the report of 9 January 2020 ----


@pytest.fixture(scope="module")
def report(shared_data: Path) -> list[str]:
    """Its paragraphs: lines that end inside bold print are joined."""
    path = shared_data.parent / "reference" / "safe-durham-report-2020-01-09.txt"
    if not path.is_file():
        pytest.skip("the report is not beside the repository")
    paragraphs, is_open = list[str](), False
    for line in (line.strip() for line in path.read_text(encoding="utf-8").splitlines()):
        if is_open:
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        is_open = is_open != (line.count("**") % 2 == 1)
    return paragraphs


def typed(word: Any, paragraphs: list[str]) -> None:
    """Numbers typed in front of plain paragraphs, as they stand in the text."""
    for words in paragraphs:
        plain = words.replace("*", "")
        word.paragraph("" if words.startswith("**") else plain, bold=plain if words.startswith("**") else "")


def styled(word: Any, paragraphs: list[str]) -> None:
    """Real headings, and real lists of three levels with bullets: Word prints the numbers."""
    import re

    for words in (p.replace("*", "") for p in paragraphs):
        numbered = re.match(r"(?:- )?(?:(\d+\)|\d+(?= [A-Z]))|(\([a-f]\))|(\([iv]+\))) +", words)
        if numbered and not re.match(r"\d+ January", words):
            level = next(i for i, group in enumerate(numbered.groups()) if group)
            word.item(words[numbered.end() :], level)
        elif words.startswith("- "):
            word.bullet(words.removeprefix("- "))
        elif len(words.split()) <= 9 and words[-1] not in ".:0123456789":
            word.heading(words, 1)
        else:
            word.paragraph(words)


@pytest.mark.real_data
@pytest.mark.parametrize("layout", [typed, styled], ids=lambda layout: layout.__name__)
def test_the_report_of_9_january_2020_comes_out_with_its_priorities(word: Callable[[], Any], report: list[str], layout: Any):
    made = word()
    layout(made, report)
    outline = file.read(made.bytes(), "report.docx")
    proposal = plan_import.propose(outline, words=WORDS)
    assert plan_import.counts(proposal.plan) == {"priorities": 6, "work_areas": 17, "deliverables": 17}
    assert proposal.plan["version"]["vision"] == "A county where every adult and child will feel and be safe"
    assert [p["title"] for p in proposal.plan["priorities"]] == [
        "Promote being safe and feeling safe in your community",
        "Support victims and protect vulnerable people from harm",
        "Prevent: Counter Terrorism, Radicalisation and Violent Extremism",
        "Reduce re-offending",
        "Alcohol and substance misuse reduction",
        "Tackle and prevent cyber enabled crime",
    ]
    assert [len(p["work_areas"]) for p in proposal.plan["priorities"]] == [3, 3, 2, 2, 4, 3]
    assert [len(p["deliverables"]) for p in proposal.plan["priorities"]] == [3, 3, 2, 2, 4, 3]
    assert proposal.plan["plan"]["slug"] == "2020-25"
    seen = [t.place for t in proposal.taken] + [one.place for one in proposal.not_understood]
    assert sorted(seen) == sorted(b.place for b in outline.blocks)
    refs = {t.ref for t in proposal.taken}
    assert {r for r in refs if not r[0].isdigit()} == {"title", "vision"}
    assert len(proposal.taken) == 1 + 1 + 6 + 17 + 17 + 6, "the title, the vision, three levels, and the lines that announce"
    assert any("Vision 2035" in one.words for one in proposal.not_understood)
    assert len(grouped(proposal.not_understood)) >= 1
