"""Who answered, beside who lives here: by the characteristics that people told, with the census figures that are held."""

from collections import Counter
from datetime import datetime
from typing import Any

from csplan.cycle import about_you, clock
from csplan.cycle.consultation import RATHER_NOT
from csplan.cycle.results import LEAST_PEOPLE, together
from csplan.evidence.areas import characteristics
from csplan.records.models import Consultation
from csplan.records.reading import understanding

#: Bands counted together that are still named one by one.
MOST_NAMED = 6
NOT_HELD = "No figure of the population is held."
TOO_FEW = f"Fewer than {LEAST_PEOPLE} people told it, so nothing is said of them."


def respondents(consultation: Consultation, at: datetime) -> list[dict[str, Any]]:
    """[{characteristic, title, told, bands: [{band, count, share, population_share}], source, why}] of each question about the person.

    Bands of fewer than ten are counted with others, and no number is said where fewer than ten told it: `told` is None then.
    population_share : None where no figure is held, with `why`
    """
    aside = understanding.set_aside(consultation, at)
    kept = [answers for pk, answers in consultation.responses.values_list("pk", "answers") if pk not in aside]
    asked = consultation.questions.exclude(characteristic="")
    return [_one(consultation, q, kept, at) for q in asked]


def _one(consultation: Consultation, question: Any, kept: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    name = question.characteristic
    told = Counter(band for a in kept if (band := _band(name, a.get(question.ref, ""), question)))
    total, partnership = told.total(), consultation.partnership
    bands = _bands(question)
    day, district = clock.day_of(at), partnership.area_code
    held = (
        characteristics.of_areas(district, bands, day, drawn_on=consultation.opens_on)
        if name == "area"
        else characteristics.population(district, name, day)
    )
    shown = together({band: told[band] for band in bands}) if total >= LEAST_PEOPLE else []
    return {
        "characteristic": name,
        "title": about_you.TITLES.get(name, question.words),
        "told": total if total >= LEAST_PEOPLE else None,
        "bands": [
            {
                "band": "; ".join(joined) if len(joined) <= MOST_NAMED else f"The other {len(joined)} answers together",
                "count": n,
                "share": n / total,
                "population_share": sum(held.share(band) for band in joined) if held else None,
            }
            for joined, n in shown
        ],
        "source": held.source if held else None,
        "why": TOO_FEW if total < LEAST_PEOPLE else None if held else NOT_HELD,
    }


def _bands(question: Any) -> list[str]:
    """Every band of a question: those that the population is known by, or the answers themselves but for the one that says nothing."""
    if question.characteristic in about_you.BANDS:
        return list(dict.fromkeys(about_you.BANDS[question.characteristic].values()))
    return [answer for answer in question.options if answer != RATHER_NOT]


def _band(name: str, answer: Any, question: Any) -> str | None:
    if name in about_you.BANDS:
        return about_you.band(name, answer if isinstance(answer, str) else "")
    return answer if isinstance(answer, str) and answer in _bands(question) else None
