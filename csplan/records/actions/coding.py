"""Coding: a person finds the themes of a comment; a second person finds them blind to the first; where they differ it is settled."""

from collections.abc import Collection, Sequence

from django.db import IntegrityError

from csplan.cycle import answer_parts
from csplan.errors import CsplanError
from csplan.records import acting, seal
from csplan.records.actions import answer, theme
from csplan.records.models import Coding, Consultation, Masking, Response, Settlement
from csplan.records.reading import understanding

#: How many people code one comment at most.
CODERS = 2


def code(
    *, response: Response, part: str, themes: Sequence[str], clause: str = "", alike: bool = False, by: acting.By
) -> list[Coding]:
    """Keep which themes a person found in a part of an answer: once, and it never changes. Gives what was kept.

    themes : references of themes of the consultation; none where no theme fits
    clause : the address of the clause that it is about; empty for the plan as a whole
    alike : whether every other answer to the question in the very same masked words, as in a campaign, is coded the same
    At most two people code a comment, and neither sees what the other found before both have coded it.
    """
    consultation = response.consultation
    try:
        with acting.act("answer.code", partnership=consultation.partnership, by=by) as deed:
            masked = _check_may_be_coded(response, part)
            chosen = _check_themes(consultation, themes)
            theme.check_clause(consultation.version, clause)
            _check_coder(response, part, deed.user.pk)
            places = [(response.pk, part), *(_alike(consultation, masked, (response.pk, part), deed.user.pk) if alike else ())]
            about = {"coder": deed.user, "themes": chosen, "clause": clause, "coded_at": deed.at}
            made = [Coding.objects.create(response_id=pk, part=name, **about) for pk, name in places]
            # Not which themes: the audit is read by people who have not coded it yet.
            commitment = seal.commitment_of(response)
            deed.record("consultation", consultation.slug, coded=part, comments=len(made), commitment=commitment)
    except IntegrityError:
        raise CsplanError("You have coded this comment already, and a coding never changes. Nothing was changed.") from None
    return made


def settle(
    *, response: Response, part: str, themes: Sequence[str], clause: str = "", alike: bool = False, by: acting.By
) -> list[Settlement]:
    """Say under which themes a comment is counted, where two coders differ or one was corrected. The last settlement counts.

    alike : whether every other answer in the very same words, on which the two differ as well, is settled the same
    """
    consultation = response.consultation
    with acting.act("answer.settle", partnership=consultation.partnership, by=by) as deed:
        masked = _check_may_be_coded(response, part)
        chosen = _check_themes(consultation, themes)
        theme.check_clause(consultation.version, clause)
        coded, comments = response.codings.filter(part=part).count(), len(understanding.parts(consultation))
        if coded == 0:
            raise CsplanError("Nobody has coded this comment yet, so there is nothing to settle. Code it first.")
        if coded < CODERS and understanding.coded_twice(consultation, comments):
            raise CsplanError(
                "A second person codes this comment before anything is settled, so that they stay blind to the first."
            )
        places = [(response.pk, part)]
        if alike and not part.startswith(answer_parts.PASSAGE):
            same = [p for p in understanding.parts(consultation) if p.differs and (p.masked, p.part) == (masked, part)]
            places += [(p.response_id, p.part) for p in same if p.response_id != response.pk]
        about = {"themes": chosen, "clause": clause, "settled_at": deed.at, "settled_by": deed.user}
        made = [Settlement.objects.create(response_id=pk, part=name, **about) for pk, name in places]
        commitment = seal.commitment_of(response)
        deed.record("consultation", consultation.slug, settled=part, comments=len(made), commitment=commitment)
    return made


def masked_words(response: Response, part: str) -> str | None:
    """What goes further of a part of an answer; None until an officer has confirmed what is covered in it."""
    held = Masking.objects.filter(response=response, part=part).order_by("id").last()
    return held.words if held else None


def _check_may_be_coded(response: Response, part: str) -> str:
    """The masked words; or a refusal."""
    theme.check_not_considered(response.consultation)
    asked = [q.rule for q in response.consultation.questions.all()]
    if part not in answer_parts.parts(asked, response.answers, response.passages):
        raise CsplanError("That answer has no such comment. Go back to the page of coding and take the next one.")
    if (held := answer.standing(response)) is not None:
        raise CsplanError(f"This answer is {answer.SET_ASIDE[held]}, so it is not coded.")
    words = masked_words(response, part)
    if words is None:
        raise CsplanError("An officer confirms what is covered in this comment before it goes further. Do that first.")
    return words


def _check_themes(consultation: Consultation, themes: Sequence[str]) -> list[str]:
    """The themes in the order of their naming; a refusal of one that is not named."""
    held = list(consultation.themes.values_list("ref", flat=True))
    unknown = [ref for ref in themes if ref not in held]
    if unknown:
        raise CsplanError(f"There is no theme {unknown[0]} in this consultation. Choose from those that are named.")
    return [ref for ref in held if ref in themes]


def _check_coder(response: Response, part: str, coder: int) -> None:
    coders = list(response.codings.filter(part=part).values_list("coder_id", flat=True))
    if coder in coders:
        raise CsplanError("You have coded this comment already, and a coding never changes. Nothing was changed.")
    if len(coders) >= CODERS:
        raise CsplanError("Two people have coded this comment already. Take the next one.")


def _alike(consultation: Consultation, masked: str, place: tuple[int, str], coder: int) -> Collection[tuple[int, str]]:
    """Every other comment on the same question, of the same masked words, that this person may still code."""
    if place[1].startswith(answer_parts.PASSAGE):
        return []
    return [
        (p.response_id, p.part)
        for p in understanding.parts(consultation)
        if (p.masked, p.part) == (masked, place[1])
        and p.response_id != place[0]
        and coder not in p.codings
        and len(p.codings) < CODERS
    ]
