"""A month comes again with most of its rows gone: it waits, a person decides, and the audit holds the decision once."""

from pathlib import Path
from typing import Any

import pytest

from csplan.errors import CsplanError
from csplan.evidence.decide import approve, reject
from csplan.evidence.load import load
from csplan.evidence.store import Store
from csplan.records import verify
from csplan.records.actions import evidence
from csplan.records.models import AuditEvent
from csplan.records.reading import people

HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
KEY = "police.uk/street durham 2025-01"


def street(folder: Path, rows: int) -> Path:
    """A street file of so many burglaries."""
    place = "Durham Constabulary,Durham Constabulary,-1.57,54.77,On or near High Street,E01020634,Somewhere"
    lines = [f"{i:064x},2025-01,{place},Burglary,Under investigation," for i in range(rows)]
    file = folder / "2025-01-durham-street.csv"
    folder.mkdir(parents=True)
    file.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def held(tmp_path: Path) -> Store:
    """A store in which a much smaller file of the same month waits."""
    store = Store(tmp_path / "data")
    load(store, [street(tmp_path / "first", 20)], by="terminal:test")
    assert load(store, [street(tmp_path / "again", 3)], by="terminal:test").exit_code == 3
    return store


def unproved(store: Store) -> list[str]:
    return [c["id"] for c in verify.verify(store)["checks"] if not c["ok"]]


def test_a_decision_is_copied_into_the_audit_once(tell: Any, person: Any, held: Store) -> None:
    partnership = tell("2026-02-01")
    analyst = person("analyst")
    reject(held, KEY, why="most rows are gone", by=analyst.get_username())
    assert unproved(held) == ["I10-evidence"]
    assert evidence.copy_decisions(store=held, partnership=partnership, by=analyst) == 1
    assert evidence.copy_decisions(store=held, partnership=partnership, by=analyst) == 0
    event = AuditEvent.objects.get(action="evidence.decide")
    assert (event.by, event.subject_ref, event.detail["why"]) == ("analyst", KEY, "most rows are gone")
    assert unproved(held) == []


def test_only_an_analyst_or_a_manager_decides(tell: Any, person: Any, held: Store) -> None:
    partnership = tell("2026-02-01")
    with pytest.raises(CsplanError, match="Ask someone who may: analyst or manager"):
        people.check_may_decide_on_evidence("lead", partnership.slug)
    with pytest.raises(CsplanError, match="decided by a named person"):
        approve(held, KEY, by="terminal:test")
    assert not AuditEvent.objects.filter(action="evidence.decide").exists()
