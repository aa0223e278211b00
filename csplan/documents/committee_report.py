"""A report to a committee on a draft plan, in the form that councils use: title block, numbered paragraphs, two appendices.

It follows the report of 9 January 2020 to County Durham's Safer and Stronger Communities Overview and Scrutiny Committee: its
sections in its order, with facts from the records and sentences of our own. Paragraph numbers run on from 1 to the end (the
report's own jump back from 13 to 9 and use 12 twice); a reference to a paragraph follows it when paragraphs are added.
"""

from dataclasses import dataclass
from datetime import date

from csplan.cycle import calendar
from csplan.documents import sentences
from csplan.documents.paper import (
    Block,
    Bullets,
    Fact,
    Heading,
    Numbered,
    Paper,
    Paragraph,
    Part,
    Table,
    TitleBlock,
    escape,
)
from csplan.evidence.plain_words import capital, listed, number

#: The headings of Appendix 1, all answered in every report.
IMPLICATIONS = (
    "Legal",
    "Finance",
    "Consultation",
    "Equality and diversity, public sector equality duty",
    "Climate change",
    "Human rights",
    "Crime and disorder",
    "Staffing",
    "Accommodation",
    "Risk",
    "Procurement",
)


@dataclass(frozen=True)
class ReportWorkArea:
    """A work area by its reference and agreed title."""

    ref: str
    title: str


@dataclass(frozen=True)
class ReportPriority:
    """A priority with its work areas and examples of its deliverables."""

    ref: str
    title: str
    work_areas: tuple[ReportWorkArea, ...]
    deliverables: tuple[str, ...]


@dataclass(frozen=True)
class ReportAlignment:
    """A document that the plan keeps in step with.

    ambitions : named where they are to be listed;  agreed_by : a body
    about : what it is, to stand between commas ("a vision for the next 15 years"); of several sentences the first
    """

    title: str
    ambitions: tuple[str, ...] = ()
    agreed_by: str = ""
    about: str = ""


@dataclass(frozen=True)
class CommitteeReport:
    """What the report says of a plan, as at the day of the meeting. Words from the records are printed as they stand.

    implications : {heading of IMPLICATIONS: words}; our own words, which may refer to paragraphs: {duty}, {plan-duty},
        {county-agreement}, {alignment}, {lock}, {indicators}, {equality}, {consultation}, {scrutiny}, {board}
    priorities_agreed : when the board agreed the priorities, in words ("November 2018"); empty where that is not recorded
    lock : how long the priorities stay as they are, as a sentence
    indicators : how many key performance indicators the draft holds
    county_has_districts : whether a county agreement between several partnerships is needed
    """

    committee: str
    meeting_on: date
    report_of: str
    divisions_affected: str
    partnership: str
    board: str
    place: str
    plan_title: str
    vision: str
    priorities: tuple[ReportPriority, ...]
    priorities_agreed: str
    alignments: tuple[ReportAlignment, ...]
    lock: str
    evidence_base: str
    indicators: int
    equality: str
    opens_on: date
    closes_on: date
    consultation_place: str
    board_on: date
    implications: dict[str, str]
    comments_to: str
    contact: str
    footer: str
    county_has_districts: bool = False
    background_papers: tuple[str, ...] = ()
    #: What was said, in a paragraph, where the report on the answers was approved before the meeting.
    answers: str = ""


def committee_report(report: CommitteeReport) -> Paper:
    """The paper. Raises ValueError naming the implications that have no answer: a report may not leave one out."""
    lacking = [title for title in IMPLICATIONS if not report.implications.get(title)]
    if lacking:
        raise ValueError(f"Appendix 1 has no answer for {listed(lacking)}")
    title = f"Draft {report.plan_title}"
    return Paper(
        title=title,
        subject=f"The draft of the {report.plan_title}, for the committee’s comments",
        author=report.report_of,
        date=report.meeting_on,
        header=report.committee,
        footer=report.footer,
        size=12,
        head=TitleBlock(
            report.committee,
            calendar.in_words(report.meeting_on),
            title,
            (
                Fact("Report of", escape(report.report_of)),
                Fact("Electoral divisions affected", escape(report.divisions_affected)),
            ),
        ),
        blocks=(
            *_opening(report),
            *_background(report),
            *_plan(report),
            *_consultation(report),
            *_closing(report),
            *_implications(report),
            *_plan_in_summary(report),
        ),
    )


def _opening(r: CommitteeReport) -> tuple[Block, ...]:
    """Purpose, executive summary and recommendation."""
    aligned = listed(_the(a.title) for a in r.alignments)
    agreement = (
        f"{escape(r.place)} has several districts, so the partnerships of the county are making such an agreement."
        if r.county_has_districts
        else f"{escape(r.place)} has one council for the whole area, so none is required."
    )
    return (
        Heading(2, "Purpose of the report"),
        Numbered(
            f"To present the draft {escape(r.plan_title)} (the plan) for the committee’s comments. The committee will receive a "
            "presentation at the meeting. The plan is set out in {appendix-2}."
        ),
        Heading(2, "Executive summary"),
        Numbered(
            "Section 6 of the Crime and Disorder Act 1998 asks the responsible authorities of each area to work together on "
            "strategies against crime and disorder, as a community safety partnership. "
            f"In {escape(r.place)} this is the {escape(r.partnership)} (the partnership).",
            id="duty",
        ),
        Numbered(
            "Regulations of 2007 say how the partnership does this work, and require it to prepare a plan that sets out its "
            f"priorities. The {escape(r.board)} (the board) is responsible for delivering the plan, which rests on a strategic "
            f"assessment held in {escape(r.evidence_base)}.",
            id="plan-duty",
        ),
        Numbered(
            "The same regulations provide for a county community safety agreement, by which several partnerships of one county "
            f"work more effectively together. {agreement}",
            id="county-agreement",
        ),
        Numbered(f"The plan is aligned to {aligned}.", id="alignment"),
        Numbered(escape(r.lock), id="lock"),
        Heading(2, "Recommendation"),
        Numbered(
            "The committee is recommended to:",
            (
                Part("comment on the draft plan at the meeting; and"),
                Part(f"send any further comments to {escape(r.comments_to)} **by {calendar.in_words(r.closes_on)}**."),
            ),
        ),
    )


def _background(r: CommitteeReport) -> tuple[Block, ...]:
    """Where the plan comes from."""
    vision = next((a for a in r.alignments if a.ambitions), None)
    ambitions: tuple[Block, ...] = ()
    if vision:
        about = escape(vision.about.partition(". ")[0])
        ambitions = (
            Numbered(
                f"{_capital_the(vision.title)}{f', {about},' if about else ''} has {number(len(vision.ambitions))} ambitions:",
                _listed_parts(vision.ambitions),
            ),
            Numbered(
                "The plan takes forward those ambitions and objectives that concern community safety."
                + (f" {_capital_the(vision.title)} is agreed by the {escape(vision.agreed_by)}." if vision.agreed_by else "")
            ),
        )
    return (
        Heading(2, "Background"),
        *ambitions,
        Numbered(
            "The Act asks the partnership to tackle crime, disorder, anti-social behaviour, substance misuse and other behaviour "
            "that harms the local environment, and to reduce re-offending."
        ),
        Numbered(
            "Each year the partnership makes a strategic assessment of the risks and threats that crime and disorder pose to the "
            "communities of the area. It then publishes a plan that says how they will be tackled."
        ),
        Numbered(
            f"{escape(r.evidence_base)} is the evidence that partners share. Its factsheets, topic pages, infographics and maps "
            "inform the strategic assessment, and through it the plan."
        ),
    )


def _plan(r: CommitteeReport) -> tuple[Block, ...]:
    """The vision, the priorities with their work areas, and what is still being done."""
    priorities = tuple(
        Part(f"Priority {escape(p.ref)}: {escape(p.title)}", tuple(escape(w.title) for w in p.work_areas)) for p in r.priorities
    )
    held = "None is in the draft." if not r.indicators else f"The draft holds {sentences.count(r.indicators, 'indicator')}."
    return (
        Heading(2, f"The {r.plan_title}"),
        Numbered(f"The board’s vision is **“{escape(r.vision)}”**."),
        Numbered(
            (
                f"The board agreed {number(len(r.priorities))} strategic priorities in {escape(r.priorities_agreed)}. "
                if r.priorities_agreed
                else f"The draft has {sentences.count(len(r.priorities), 'strategic priority', 'strategic priorities')}. "
            )
            + "Their work areas are:",
            priorities,
        ),
        Numbered("Examples of the key deliverables of each priority are in {plan-table}."),
        Numbered(
            "The chairs and leads of the sub-groups and the performance leads are choosing key performance indicators, so that "
            f"progress on each priority can be measured. {held}",
            id="indicators",
        ),
        Numbered(escape(r.equality), id="equality"),
    )


def _consultation(r: CommitteeReport) -> tuple[Block, ...]:
    """Who is asked, and when."""
    days = (r.closes_on - r.opens_on).days + 1
    working = calendar.working_days(r.opens_on, r.closes_on)
    return (
        Heading(2, "Engagement and consultation"),
        Numbered(
            f"The public consultation takes place on {escape(r.consultation_place)} "
            f"**from {calendar.in_words(r.opens_on)} to {calendar.in_words(r.closes_on)}**: {days} days, of which {working} are "
            "working days. Community and voluntary groups are briefed while it is open.",
            id="consultation",
        ),
        *((Numbered(escape(r.answers)),) if r.answers else ()),
        Numbered(f"The draft plan comes to this committee on {calendar.in_words(r.meeting_on)}.", id="scrutiny"),
        Numbered(f"The board will be asked to agree the plan on **{calendar.in_words(r.board_on)}**.", id="board"),
    )


def _closing(r: CommitteeReport) -> tuple[Block, ...]:
    papers = tuple(escape(p) for p in r.background_papers) or ("None.",)
    return (
        Heading(2, "Conclusion"),
        Numbered(
            "The strategic assessment gives the evidence on which the priorities rest, and the alignments in {alignment} say "
            "what the plan serves beyond them. The plan will be developed further with the board and partners until it is agreed."
        ),
        Heading(2, "Background papers"),
        Bullets(papers),
        Heading(2, "Contact"),
        Paragraph(escape(r.contact)),
    )


def _implications(r: CommitteeReport) -> tuple[Block, ...]:
    """Appendix 1, each heading answered."""
    out: list[Block] = [Heading(2, "Appendix 1: Implications", id="appendix-1", new_page=True)]
    for title in IMPLICATIONS:
        out += [Heading(3, title), Paragraph(r.implications[title])]
    return tuple(out)


def _plan_in_summary(r: CommitteeReport) -> tuple[Block, ...]:
    """Appendix 2: the plan on a page."""
    rows = tuple(
        (
            escape(p.ref),
            f"**{escape(p.title)}**",
            "\n".join(f"{escape(w.ref)} {escape(w.title)}" for w in p.work_areas),
            "\n".join(f"– {escape(d)}" for d in p.deliverables),
        )
        for p in r.priorities
    )
    areas = sum(len(p.work_areas) for p in r.priorities)
    return (
        Heading(2, "Appendix 2: The plan in summary", id="appendix-2", new_page=True),
        Paragraph(f"Vision: **{escape(r.vision)}**."),
        Table(
            f"{capital(number(len(r.priorities)))} priorities, {areas} work areas and examples of their deliverables",
            ("Ref", "Priority", "Work areas", "Examples of deliverables"),
            rows,
            "llll",
            (5, 22, 30, 43),
            id="plan-table",
            subtitle="Draft for consultation. A reference stays with its words in later versions.",
            small=True,
        ),
    )


def _listed_parts(items: tuple[str, ...]) -> tuple[Part, ...]:
    """a; b; and c."""
    ends = [";"] * (len(items) - 2) + ["; and", "."] if len(items) > 1 else ["."]
    return tuple(Part(escape(sentences.uncapital(item)) + end) for item, end in zip(items, ends, strict=True))


def _the(title: str) -> str:
    """A title inside a sentence, with the article unless it has its own."""
    return escape(title) if title.lower().startswith("the ") else f"the {escape(title)}"


def _capital_the(title: str) -> str:
    return capital(_the(title))
