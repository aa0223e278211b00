"""What flows between the authorities each quarter: section 17A of the Act, and SI 2007/1831, paragraph by paragraph."""

from datetime import date, timedelta

from csplan.cycle.calendar import in_words
from csplan.cycle.duty_facts import Facts
from csplan.cycle.law import day
from csplan.cycle.law.rule import NOT_READ, Ask, Finding, InWales, Rule, met, not_met, unknown
from csplan.cycle.words import listed

INSTRUMENT = "Crime and Disorder (Prescribed Information) Regulations 2007 (SI 2007/1831)"
SCHEDULE = "legislation.gov.uk/uksi/2007/1831/schedule/made"
BEGINS = date(2007, 8, 1)
BEGINS_IN_WALES = date(2007, 11, 19)
#: Information is disclosed by the end of the period after its own; the first period begins here.
FIRST_PERIOD = date(2007, 7, 1)

#: paragraph of the schedule -> what is disclosed
PARAGRAPHS: dict[int, str] = {
    1: "incidents of anti-social behaviour, on transport, and of public safety and welfare",
    2: "crimes: burglary, criminal damage, drugs, fraud, robbery, sexual offences, theft, violence and others",
    3: "deliberate fires, violence against fire staff, and fires in homes without a smoke alarm",
    4: "road traffic collisions and the people killed and injured in them",
    5: "pupils excluded from school",
    6: "racial incidents and anti-social behaviour known to the council",
    7: "hospital admissions for assault and for drugs and alcohol",
    8: "hospital admissions related to domestic abuse",
    9: "mental illness outpatients and people in drug treatment",
    10: "ambulance call-outs to crime and disorder",
}


def due_on(period_begins: date) -> date:
    """The last day on which information for a quarter may be disclosed: the end of the quarter after it."""
    return _quarters_on(period_begins, 2) - timedelta(days=1)


def _quarters_on(first: date, quarters: int) -> date:
    months = first.month - 1 + 3 * quarters
    return date(first.year + months // 12, months % 12 + 1, 1)


def last_due(on: date) -> tuple[date, date]:
    """(first day, last day) of the newest quarter whose information was due before a day."""
    this_quarter = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    begins = _quarters_on(this_quarter, -2)
    return begins, _quarters_on(begins, 1) - timedelta(days=1)


def supply(facts: Facts, on: date) -> Finding:
    """Depersonalised information due by the day has come."""
    due = [s for s in facts.supplies if s.due_on < on]
    if not due:
        return unknown("No ledger of what each authority has supplied is held here.")
    late = [s for s in due if not day.happened(s.received_on, on)]
    evidence = tuple(s.evidence for s in late or due)
    if late:
        named = listed(sorted({s.authority for s in late}))
        return not_met(f"Not received from {named}.", *evidence, would_meet=f"What is due from {named}, received and entered.")
    return met(f"All {len(due)} supplies due have been received.", *evidence)


def disclosed(*paragraphs: int) -> Ask:
    """The information of these paragraphs that was due by the day has come."""

    def ask(facts: Facts, on: date) -> Finding:
        due = [s for s in facts.supplies if s.paragraph in paragraphs and s.due_on < on]
        if not due:
            return _not_held(on)
        late = [s for s in due if not day.happened(s.received_on, on)]
        if not late:
            return met(f"All {len(due)} supplies due have been received.", *(s.evidence for s in due))
        named = listed(PARAGRAPHS[p] for p in paragraphs if p in {s.paragraph for s in late})
        return not_met(
            f"Not received: {named}.",
            *(s.evidence for s in late),
            would_meet=f"What was due by {in_words(max(s.due_on for s in late))}, received and entered.",
        )

    return ask


def _not_held(on: date) -> Finding:
    begins, ends = last_due(on)
    if begins < FIRST_PERIOD:
        return unknown("No information was due yet.")
    period = f"{in_words(begins)} to {in_words(ends)}"
    return unknown(f"No ledger is held here. Information for {period} was due by {in_words(due_on(begins))}.")


def _row(id: str, sender: str, title: str, paragraphs: tuple[int, ...], *, verified_by: str = NOT_READ) -> Rule:
    """The row of one sender. In Wales the day is that of section 17A there; nobody has read the schedule for Wales."""
    named = f"paragraphs {paragraphs[0]} to {paragraphs[-1]}" if len(paragraphs) > 1 else f"paragraph {paragraphs[0]}"
    clause = f"SI 2007/1831, Schedule, {named}"
    return Rule(
        id,
        INSTRUMENT,
        clause,
        title,
        f"Each quarter {sender} discloses, without personal details: {'; '.join(PARAGRAPHS[p] for p in paragraphs)}.",
        disclosed(*paragraphs),
        BEGINS,
        advisory=verified_by == NOT_READ,
        verified_by=verified_by,
        wales=InWales(INSTRUMENT, clause, BEGINS_IN_WALES),
    )


RULES: tuple[Rule, ...] = (
    _row("P1-2", "the police force", "The police share incidents and crimes", (1, 2), verified_by=SCHEDULE),
    _row("P3", "the fire and rescue authority", "The fire service shares deliberate fires", (3,), verified_by=SCHEDULE),
    _row("P4-6", "the council", "The council shares collisions, exclusions and incidents", (4, 5, 6)),
    _row("P7-10", "the health body", "Health bodies share admissions and call-outs", (7, 8, 9, 10)),
)
