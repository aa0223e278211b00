"""A revised version gives the reason for every change, and what is frozen is what was shown, with its figures."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from csplan.evidence import load
from csplan.evidence.police import HEADINGS
from csplan.evidence.store import Store
from csplan.records.models import PlanVersion

pytestmark = pytest.mark.django_db

Desk = Any  # the fixture of conftest.py
PLANS = "/county-durham/desk/plans/"
DRAFT = f"{PLANS}2021-25/1/"
FIGURE = "recorded-burglary.rate/E06000047/2025"
NONE = "recorded-burglry.rate/E06000047/2025"


# ---- a revised version, its reasons, and freezing -------------------------------------------------------

REFRESH = f"{PLANS}example-refresh/"


@pytest.fixture
def revised(desk: Desk) -> tuple[Client, PlanVersion]:
    """A revised version of the example refresh, begun from its frozen first."""
    client = desk.at("manager")
    assert "Begin a revised version" in desk.read(client, f"{REFRESH}1/")
    client.post(f"{REFRESH}1/", follow=True)
    return client, PlanVersion.objects.get(plan__slug="example-refresh", number=2)


def test_only_a_manager_begins_a_revised_version(desk: Desk) -> None:
    client = desk.at("lead")
    assert "Begin a revised version" not in desk.read(client, f"{REFRESH}1/")
    assert "You may not begin a revised version" in html.unescape(client.post(f"{REFRESH}1/").content.decode())


def test_every_change_is_given_its_reason_before_it_is_frozen(desk: Desk, revised: tuple[Client, PlanVersion]) -> None:
    client, version = revised
    at = f"{REFRESH}2/"
    words = f"Homes had {{{FIGURE}}} burglaries for every 1,000."
    desk.post(client, "priority/1", desk.opened(client, "priority/1", at) | {"words": words}, at=at)
    assert "One change needs a reason" in desk.read(client, f"{at}reasons/")
    assert "No reason is given for what changed in: Priority 1" in desk.read(client, f"{at}freeze/")
    address = f"{at}reasons/?clause=priority/1"
    for fields, name in (({"source": "", "reason": "Because"}, "source"), ({"source": "comment:C99", "reason": "B"}, "source"),
                         ({"source": "officer:", "reason": " "}, "reason"), ({"source": "officer:", "reason": "a" * 1_001}, "reason")):  # fmt: skip
        page = client.post(address, fields)
        assert page.status_code == 422 and f'id="{name}-error"' in page.content.decode()
    client.post(address, {"source": "officer:", "reason": "The figures came in."})
    assert "Every change that needs one has its reason" in desk.read(client, f"{at}reasons/")
    page = client.get(f"{at}freeze/").content.decode()
    frozen = client.post(f"{at}freeze/", desk.fields_of(page), follow=True)
    assert "Frozen: its fingerprint begins" in frozen.content.decode()
    version.refresh_from_db()
    [sealed] = [f for f in json.loads(bytes(version.seal.content))["figures"] if f["ref"] == FIGURE]
    assert sealed["words"] == "9.6" and sealed["observation"] == FIGURE and sealed["status"] == "counted"
    assert sealed["releases"] and len(sealed["releases"][0]["sha256"]) == 64
    assert "Live figures, as they were sealed" in desk.read(client, at)


def test_what_is_frozen_is_what_the_page_showed(desk: Desk) -> None:
    manager, lead = desk.at("manager"), desk.at("lead")
    shown = desk.fields_of(manager.get(f"{DRAFT}freeze/").content.decode())
    desk.post(lead, "vision", desk.opened(lead, "vision") | {"words": "Changed meanwhile"})
    answer = manager.post(f"{DRAFT}freeze/", shown)
    assert answer.status_code == 422 and "changed while this page was open" in answer.content.decode()
    assert not hasattr(desk.draft(), "seal")


def test_a_change_that_is_not_there_has_no_form(revised: tuple[Client, PlanVersion]) -> None:
    client, _version = revised
    assert client.get(f"{REFRESH}2/reasons/?clause=vision").status_code == 404


def test_a_figure_restated_after_freezing_is_told_beside_the_sealed_words(
    desk: Desk, revised: tuple[Client, PlanVersion], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _version = revised
    at = f"{REFRESH}2/"
    text = "In June 2025: {recorded-burglary.count/E06000047/2025-06}."
    desk.post(client, "section/evidence", desk.opened(client, "section/evidence", at) | {"words": text}, at=at)
    for clause in re.findall(r"reasons/\?clause=([^\"]+)", client.get(f"{at}reasons/").content.decode()):
        client.post(f"{at}reasons/?clause={clause}", {"source": "officer:", "reason": "The figures came in."})
    client.post(f"{at}freeze/", desk.fields_of(client.get(f"{at}freeze/").content.decode()))
    known = client.get("/county-durham/insight/areas/E06000047/burglary.json").json()["topic"]["series"]["2025-06"]
    page = desk.read(client, at)
    assert f"{known} recorded in June 2025" in page and "has since been" not in page

    shutil.copytree(os.environ["CSPLAN_DATA"], tmp_path / "later")
    month = tmp_path / "2025-06-durham-street.csv"
    month.write_text("\n".join([",".join(HEADINGS), *(line(n) for n in range(3))]), encoding="utf-8")
    load.load(Store(tmp_path / "later"), [month], by="terminal:test")
    monkeypatch.setenv("CSPLAN_DATA", str(tmp_path / "later"))
    page = desk.read(client, at)
    assert f">{known}</span>" in page and "This figure has since been restated: it would now be three." in page


def line(number: int) -> str:
    """A row of a street file: one burglary in a small area of the county."""
    words = {"Crime ID": f"{number:064x}", "Month": "2025-06", "Reported by": "Durham Constabulary", "LSOA code": "E01020634",
             "Falls within": "Durham Constabulary", "Longitude": "-1.572", "Latitude": "54.776", "Location": "On or near High Street",
             "LSOA name": "County Durham 001A", "Crime type": "Burglary"}  # fmt: skip
    return ",".join(words.get(heading, "") for heading in HEADINGS)
