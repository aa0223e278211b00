"""Evidence that the house holds on a characteristic, proposed for an equality assessment: each with where it comes from."""

from datetime import datetime

from csplan.cycle import about_you, clock
from csplan.evidence.areas import characteristics
from csplan.records.models import Consultation, Engagement, EqualityAssessment, Stakeholder
from csplan.records.models.record import Viewer
from csplan.records.reading import understanding
from csplan.records.reading.consultation import LEAST_ANSWERS

#: A characteristic of an assessment -> the name by which the census and the questions about a person know it.
KNOWN_AS = {"age": "age", "sex": "sex", "race": "ethnicity", "disability": "disability"}


def proposals(assessment: EqualityAssessment, characteristic: str, *, viewer: Viewer, at: datetime) -> list[dict[str, str]]:
    """[{from, words, link}] of what is held on a characteristic; empty where no data is held."""
    found = [*_census(assessment, characteristic, at), *_consultations(assessment, characteristic, viewer, at)]
    return [*found, *_reached(assessment, characteristic, viewer, at)]


def _census(assessment: EqualityAssessment, characteristic: str, at: datetime) -> list[dict[str, str]]:
    partnership = assessment.version.plan.partnership
    held = characteristics.population(partnership.area_code, KNOWN_AS.get(characteristic, characteristic), clock.day_of(at))
    if held is None:
        return []
    told = "; ".join(f"{band} {held.share(band):.1%}" for band in held.people)
    words = f"Of {held.total:,} people of {partnership.area_name}: {told} ({held.source})."
    return [{"from": "census", "words": words, "link": f"/{partnership.slug}/insight/areas/{partnership.area_code}/"}]


def _consultations(assessment: EqualityAssessment, characteristic: str, viewer: Viewer, at: datetime) -> list[dict[str, str]]:
    """Who answered, by band, once the consultation on a version of this plan was counted."""
    name = KNOWN_AS.get(characteristic)
    partnership = assessment.version.plan.partnership
    held = Consultation.objects.visible_to(viewer, at).filter(version__plan=assessment.version.plan, closing__closed_at__lte=at)
    out = []
    for asked in held:
        question = asked.questions.filter(characteristic=name).first() if name else None
        if question is None:
            continue
        aside = understanding.set_aside(asked, at)
        bands = [
            band
            for pk, answers in asked.responses.values_list("pk", "answers")
            if pk not in aside and (band := about_you.band(name or "", answers.get(question.ref, "")))
        ]
        if len(bands) < LEAST_ANSWERS:
            continue
        told = "; ".join(
            f"{band} {bands.count(band)}"
            for band in dict.fromkeys(about_you.BANDS[name or ""].values())
            if bands.count(band) >= LEAST_ANSWERS
        )
        words = f"Of {len(bands)} who answered “{asked.title}” and told it: {told or 'no band has ten people'}."
        out.append({"from": "consultation", "words": words, "link": f"/{partnership.slug}/consultations/{asked.slug}/results/"})
    return out


def _reached(assessment: EqualityAssessment, characteristic: str, viewer: Viewer, at: datetime) -> list[dict[str, str]]:
    """Groups of the stakeholder map that share it and were met."""
    partnership = assessment.version.plan.partnership
    shared = [
        s
        for s in Stakeholder.objects.visible_to(viewer, at).filter(partnership=partnership)
        if characteristic in s.characteristics
    ]
    met = Engagement.objects.visible_to(viewer, at).filter(partnership=partnership, recorded_at__lte=at)
    came = {slug for e in met for slug, n in e.came.items() if n}
    out = []
    for s in shared:
        if s.slug in came:
            out.append({"from": "consultation", "words": f"{s.name} was met.", "link": f"/{partnership.slug}/engagement/"})
    return out
