"""The live figures of a version: looked up while it is a draft, as they were sealed once it is frozen."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from csplan.evidence import references
from csplan.evidence.store import Store
from csplan.evidence.view import View
from csplan.records.actions import plan as plans
from csplan.records.models import PlanVersion, Seal


def finder(store: Store, version: PlanVersion, day: date) -> plans.Figures:
    """What `actions.plan.freeze` asks for the live figures of a text, as they could be known on a day."""
    view = View(store, day, version.plan.partnership.area_code)
    return finder_in(view)


def finder_in(view: View) -> plans.Figures:
    """The same in a view that is at hand."""

    def find(texts: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        return references.figures_of(texts, view)

    return find


def live(version: PlanVersion, view: View) -> dict[str, references.Found]:
    """{reference: what it stands for now} of the text of a version, those that are not found too."""
    return references.look_up_all(view, plans.texts(version))


def sealed(version: PlanVersion) -> list[dict[str, Any]]:
    """The live figures of a frozen version as they were sealed; empty for a draft, and for a version without any."""
    seal = Seal.objects.filter(version=version).first()
    return list(json.loads(bytes(seal.content)).get("figures", ())) if seal else []


def words(version: PlanVersion, view: View) -> dict[str, str]:
    """{reference: words in its place}: the sealed words of a frozen version, which never move; of a draft those of the view."""
    if Seal.objects.filter(version=version).exists():
        return {figure["ref"]: figure["words"] for figure in sealed(version)}
    return {ref: found.words for ref, found in live(version, view).items() if not found.why}


def restated(version: PlanVersion, view: View) -> dict[str, str]:
    """{reference: a sentence that says what it would be now} of the sealed figures that have moved since."""
    moved = {figure["ref"]: references.restated(figure, view) for figure in sealed(version)}
    return {ref: sentence for ref, sentence in moved.items() if sentence}
