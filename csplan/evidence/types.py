"""The crime types that police.uk publishes: what each is called, how it may be judged, and what it is a rate of.

One table, `TYPES`, in the order of the alphabet. Of the types that police.uk used in its first years one was only
renamed; the other was later split in two and stays itself.
"""

from dataclasses import dataclass

from csplan.errors import CsplanError

#: Every type but anti-social behaviour, which is counted as incidents and is not recorded crime.
ALL = "all-crime"
ASB = "anti-social-behaviour"

_ASB_NOT_COMPARED = "Forces count anti-social behaviour in different ways, so no comparison with other areas is made."
_OTHER_NOT_COMPARED = "“Other crime” is a remainder whose contents differ between forces, so it is not compared."
_ALL_NOT_COMPARED = "All crime adds very different things together, so areas are compared by type only."


@dataclass(frozen=True)
class Type:
    """One type of crime or incident.

    slug : police.uk's name in lower case with hyphens
    noun_singular, noun_plural : what one and many are called in a sentence ("burglary", "burglaries")
    polarity : a key of `cycle.kpi.POLARITIES`; `polarity_reason` is empty where lower is better
    denominator : residents or households
    why_not_compared : empty when `compared`
    """

    slug: str
    title: str
    noun_singular: str
    noun_plural: str
    polarity: str = "lower_better"
    polarity_reason: str = ""
    denominator: str = "residents"
    compared: bool = True
    why_not_compared: str = ""


_CURRENT = (
    Type(
        ASB,
        "Anti-social behaviour",
        "anti-social behaviour incident",
        "anti-social behaviour incidents",
        "more_reporting",
        "Counts of incidents follow how people report and how calls are coded, so more incidents need not mean more nuisance.",
        compared=False,
        why_not_compared=_ASB_NOT_COMPARED,
    ),
    Type("bicycle-theft", "Bicycle theft", "bicycle theft", "bicycle thefts"),
    Type("burglary", "Burglary", "burglary", "burglaries", denominator="households"),
    Type(
        "criminal-damage-and-arson",
        "Criminal damage and arson",
        "criminal damage or arson offence",
        "criminal damage and arson offences",
    ),
    Type(
        "drugs",
        "Drugs",
        "drug offence",
        "drug offences",
        "demand_only",
        "Most drug offences come to light through searches and arrests: the count measures police activity as well as drug use.",
    ),
    Type(
        "other-crime",
        "Other crime",
        "other crime",
        "other crimes",
        "no_judgement",
        "“Other crime” is what is left over, so a change in it has no single meaning.",
        compared=False,
        why_not_compared=_OTHER_NOT_COMPARED,
    ),
    Type("other-theft", "Other theft", "other theft", "other thefts"),
    Type(
        "possession-of-weapons",
        "Possession of weapons",
        "weapons possession offence",
        "weapons possession offences",
        "demand_only",
        "Weapons are found when officers search, so the count rises and falls with searching.",
    ),
    Type(
        "public-order",
        "Public order",
        "public order offence",
        "public order offences",
        "no_judgement",
        "Recording practice for public order offences has changed several times, and forces differ.",
    ),
    Type("robbery", "Robbery", "robbery", "robberies"),
    Type(
        "shoplifting",
        "Shoplifting",
        "shoplifting offence",
        "shoplifting offences",
        "no_judgement",
        "Shops choose how much to report: a rise may be more theft, or more of it reported.",
    ),
    Type("theft-from-the-person", "Theft from the person", "theft from the person", "thefts from the person"),
    Type("vehicle-crime", "Vehicle crime", "vehicle crime", "vehicle crimes"),
    Type(
        "violence-and-sexual-offences",
        "Violence and sexual offences",
        "violent or sexual offence",
        "violent and sexual offences",
        "more_reporting",
        "The partnership wants more people who are harmed at home or sexually assaulted to come forward, "
        "so a rise is not in itself bad.",
    ),
)

TYPES: dict[str, Type] = {t.slug: t for t in _CURRENT}

#: Counted in the first years only; police.uk has since published it as two types.
OLDER = Type(
    "public-disorder-and-weapons",
    "Public disorder and weapons",
    "public disorder or weapons offence",
    "public disorder and weapons offences",
    "no_judgement",
    "This type was used in the first years only and has since been split, so it is not judged.",
    compared=False,
    why_not_compared="This type was used in the first years only and has since been split, so it is not compared.",
)

ALL_CRIME = Type(
    ALL,
    "All crime",
    "recorded crime",
    "recorded crimes",
    "no_judgement",
    "All crime adds very different things together, and much of it follows how people report and how it is recorded.",
    compared=False,
    why_not_compared=_ALL_NOT_COMPARED,
)

#: The first axis of every table of counts, in this order for good: a new type is added at the end.
COUNTED: tuple[str, ...] = (*TYPES, OLDER.slug)

#: police.uk's own names, as they stand in its files -> our slug. "Violent crime" was later renamed.
NAMES: dict[str, str] = {t.title: t.slug for t in (*_CURRENT, OLDER)} | {"Violent crime": "violence-and-sexual-offences"}


def get(slug: str) -> Type:
    """The type of a slug, `all-crime` and the older type included; a refusal that lists them when there is none."""
    found = {**TYPES, OLDER.slug: OLDER, ALL: ALL_CRIME}.get(slug)
    if found is None:
        raise CsplanError(f"There is no crime type “{slug}”. Choose one of: {', '.join([ALL, *TYPES])}.")
    return found


def rows_of(slug: str | None) -> list[int]:
    """Which rows of the first axis of a table of counts a type adds up: one, all but anti-social behaviour, or all (None)."""
    if slug is None:
        return list(range(len(COUNTED)))
    if get(slug).slug == ALL:
        return [i for i, counted in enumerate(COUNTED) if counted != ASB]
    return [COUNTED.index(slug)]
