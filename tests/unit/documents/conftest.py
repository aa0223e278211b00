"""A small area with two years of findings, and the committee report of 9 January 2020 as values."""

from dataclasses import replace
from datetime import date

import pytest

from csplan.cycle import periods
from csplan.documents.committee_report import CommitteeReport, ReportAlignment, ReportPriority, ReportWorkArea
from csplan.evidence.areas import Area, Denominator
from csplan.evidence.findings_shapes import AreaFindings, ChangeFinding, ComparisonFinding, TopicFinding
from csplan.statistics.control_chart import xmr

MONTHS = periods.between("2024-01", "2025-12")
HELD = (*periods.between("2024-01", "2024-04"), *periods.between("2025-01", "2025-12"))
EARLY = periods.between("2024-01", "2024-04"), periods.between("2025-01", "2025-04")


def denominator(measure: str, value: int) -> Denominator:
    return Denominator(
        f"{measure}-2021", f"{measure}, Census 2021", value, 2021, date(2022, 6, 28), "Office for National Statistics"
    )


def topic(
    slug: str, title: str, monthly: list[int], *, of: Denominator, verdict: str = "no_clear_change", stands: str = "within"
) -> TopicFinding:
    """A topic from the counts of the sixteen months held."""
    series = dict(zip(HELD, monthly, strict=True))
    count = sum(series[m] for m in periods.parse("2025").months)
    rate = 1000 * count / of.value
    before, after = (sum(series[m] for m in months) for months in EARLY)
    words = f"Police recorded {before} in January to April 2024 and {after} in the same months of 2025."
    change = ChangeFinding(
        None, None, None, 0.5, 0.9, verdict, before, after, 16, *EARLY, words, f"no clear change ({before} to {after})"
    )
    group = "the 65 neighbourhoods of County Durham"
    comparison = ComparisonFinding(group, 65, stands, "", rate / 1.5, 0.5, f"The rate lies {stands} the range of {group}.")
    chart = xmr([series.get(m, float("nan")) for m in MONTHS])
    return TopicFinding(
        slug, title, count, rate, rate * 0.9, rate * 1.1, 1000, of, "counted" if count else "zero", "", None, change, comparison,
        None, series, chart, MONTHS, f"Police recorded {count} in 2025.", f"{title}: {count} in 2025",
    )  # fmt: skip


@pytest.fixture
def findings() -> AreaFindings:
    """Three topics: one with a signal and above its group, one that counts activity, one too small for a rate."""
    people, homes = denominator("residents", 10_000), denominator("households", 4_000)
    burglary = topic(
        "burglary", "Burglary", [9, 8, 10, 9, 9, 10, 8, 9, 10, 9, 8, 10, 9, 8, 10, 30], of=homes, verdict="up", stands="above"
    )
    return AreaFindings(
        Area("E02004340", "Shildon", "msoa", "E06000047"),
        periods.parse("2025"),
        (
            burglary,
            topic("drugs", "Drugs", [3, 2, 4, 3, 2, 3, 4, 3, 2, 3, 4, 3, 2, 3, 4, 3], of=people),
            topic("robbery", "Robbery", [0, 1, 0, 0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0], of=people, verdict="too_few"),
        ),
        (),
        ({"key": "csplan/carried", "sha256": "0" * 64},),
        "2025-12",
    )


@pytest.fixture
def missing(findings: AreaFindings) -> AreaFindings:
    """The same area in a period of which two months are not held."""
    topics = tuple(
        replace(t, count=None, rate=None, low=None, high=None, status="missing", why="November and December 2025 are not held.")
        for t in findings.topics
    )
    return replace(findings, topics=topics, missing_months=("2025-11", "2025-12"))


def priority(ref: str, title: str, work_areas: tuple[str, ...], deliverables: tuple[str, ...]) -> ReportPriority:
    areas = tuple(ReportWorkArea(f"{ref}.{i}", area) for i, area in enumerate(work_areas, 1))
    return ReportPriority(ref, title, areas, deliverables)


@pytest.fixture
def report() -> CommitteeReport:
    """The report of 9 January 2020, shortened to two priorities. One title holds every sign that a mark is made of."""
    return CommitteeReport(
        committee="Safer and Stronger Communities Overview and Scrutiny Committee",
        meeting_on=date(2020, 1, 9),
        report_of="Corporate Director of Adult and Health Services, Durham County Council",
        divisions_affected="Countywide",
        partnership="Safe Durham Partnership",
        board="Safe Durham Partnership Board",
        place="County Durham",
        plan_title="Safe Durham Partnership Plan 2020-25",
        vision="A county where every adult and child will feel and be safe",
        priorities=(
            priority("1", "Promote being safe", ("Anti-social Behaviour", "Safer Homes"), ("Raise reporting of hate incidents",)),
            priority("2", "Support *victims* [and] {people}", ("Victims",), ("Achieve good outcomes for victims",)),
        ),
        priorities_agreed="November 2018",
        alignments=(
            ReportAlignment("Director of Public Health’s Annual Report 2018"),
            ReportAlignment(
                "County Durham Vision 2035",
                ("More and better jobs", "People live long and independent lives", "Connected communities"),
                "County Durham Partnership",
                "written with partners for the next 15 years",
            ),
        ),
        lock="The priorities stay in place for one year while the strategic governance review takes place.",
        evidence_base="Durham Insight",
        indicators=0,
        equality="An equality impact assessment is being made alongside the plan.",
        opens_on=date(2019, 12, 17),
        closes_on=date(2020, 2, 14),
        consultation_place="the council’s website",
        board_on=date(2020, 3, 9),
        implications={
            "Legal": "Section 6 of the Crime and Disorder Act 1998 asks for the plan ({duty}). See also {county-agreement}.",
            "Finance": "None from this report.",
            "Consultation": "Set out from {consultation} to {board}.",
            "Equality and diversity, public sector equality duty": "See {equality}.",
            "Climate change": "None.",
            "Human rights": "None.",
            "Crime and disorder": "The subject of the whole report.",
            "Staffing": "None.",
            "Accommodation": "None.",
            "Risk": "The draft holds no indicators yet ({indicators}).",
            "Procurement": "None.",
        },
        comments_to="the Community Safety Team",
        contact="Community Safety Team, Durham County Council",
        footer="Worked example in the form of the report of 9 January 2020",
    )
