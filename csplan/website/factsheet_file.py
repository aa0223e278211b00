"""A factsheet as a file: the same as the site's, and its numbers alone, made from the evidence without any records."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from csplan.cycle.periods import Period
from csplan.documents.write import FORMS, write
from csplan.errors import CsplanError
from csplan.evidence import areas, findings, types
from csplan.evidence.places import partnership_folders
from csplan.evidence.view import View
from csplan.website.answers import Table, as_csv, plain
from csplan.website.identity import identity, read_toml
from csplan.website.pages import area as area_page
from csplan.website.pages import area_topic, factsheet, pictures, questions
from csplan.website.pages.ground import ground

ENDINGS = (*FORMS, ".csv", ".json", ".svg")


def write_factsheet(view: View, code: str, *, topic: str | None, period: Period | None, to: Path, made_on: date) -> None:
    """Write an area's factsheet, or one topic's, in the form that the name of the file ends with.

    .html, .pdf, .docx are the paper; .csv and .json its numbers; .svg the control chart of one topic.
    """
    ending = to.suffix.lower()
    if ending not in ENDINGS:
        raise CsplanError(f"A factsheet cannot be written as “{ending or to.name}”. Use {', '.join(ENDINGS)}.")
    if topic is not None and topic not in types.TYPES:
        raise CsplanError(f"There is no topic “{topic}”. Choose one of: {', '.join(types.TYPES)}.")
    area = areas.get(code.upper())
    slug, told = partnership_of(area)
    if not view.months_of(area.code):
        raise CsplanError(
            f"No police figures of {area.name} are held. Load some with csplan evidence load, or build the demonstration."
        )
    found = findings.area_findings(view, area.code, period)
    if ending in FORMS:
        masthead = identity(slug, told["name"]).masthead
        paper = factsheet.paper(found, ground=ground(slug), masthead=masthead, office=told["contact"], day=made_on, topic=topic)
        write(paper, to)
    else:
        to.write_text(NUMBERS[ending](found, topic), encoding="utf-8")


def write_questions(view: View, code: str, *, to: Path, made_on: date) -> None:
    """Write three questions about an area for a councillor, as .html, .pdf or .docx."""
    area = areas.get(code.upper())
    slug, told = partnership_of(area)
    found = findings.area_findings(view, area.code)
    write(questions.paper(found, masthead=identity(slug, told["name"]).masthead, office=told["contact"], day=made_on), to)


def partnership_of(area: areas.Area) -> tuple[str, dict[str, Any]]:
    """The slug and description of the partnership whose area this is, or lies in."""
    described = {slug: read_toml(folder / "partnership.toml")["partnership"] for slug, folder in partnership_folders().items()}
    district = areas.district_of(area.code)
    for slug, told in described.items():
        if told["area_code"] == district:
            return slug, told
    named = ", ".join(told["area_name"] for told in described.values())
    raise CsplanError(f"{area.name} is not in the area of a partnership described here ({named}). Give an area that is.")


def _csv(found: Any, topic: str | None) -> str:
    table: Table = area_topic.table(found, area_topic.of(found, topic)) if topic else area_page.table(found)
    return as_csv(table).content.decode()


def _json(found: Any, topic: str | None) -> str:
    facts = area_topic.facts(found, area_topic.of(found, topic)) if topic else found.as_json()
    return json.dumps(plain(facts), ensure_ascii=False, indent=1) + "\n"


def _svg(found: Any, topic: str | None) -> str:
    if topic is None:
        raise CsplanError("A drawing shows one topic. Add --topic, such as --topic burglary.")
    drawn = pictures.control(area_topic.of(found, topic), found.area.name)
    if drawn is None:
        raise CsplanError(f"There are too few months of {topic} in {found.area.name} for a control chart. Ask for a table: .csv.")
    return str(drawn["wide"])


NUMBERS = {".csv": _csv, ".json": _json, ".svg": _svg}
