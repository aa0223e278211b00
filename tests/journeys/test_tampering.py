"""What was frozen, agreed and kept, changed by raw SQL behind the program's back: `verify` names it."""

import os
import re

import pytest
from django.db import connection

from csplan.evidence.store import Store
from csplan.records import seal, triggers, verify
from csplan.records.models import PlanVersion, Seal, StoredPaper

#: Every byte with `make test-all`; else one in so many.
STEP = 1 if os.environ.get("CSPLAN_TEST_ALL") else 211


@pytest.fixture(scope="module")
def told(told_once):
    return told_once("2020-03-31")


@pytest.fixture
def partnership(told, db):
    """The partnership on the day after its plan was agreed; what a test does to it is undone."""
    return told


def change(statement: str, *values: object) -> None:
    """A statement of someone who knows the database: guards taken away, and put back after."""
    triggers.take_away()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount >= 1
    triggers.put_back()


def named(store: Store) -> list[str]:
    """What `verify` says is wrong."""
    return [problem for check in verify.verify(store)["checks"] for problem in check["problems"]]


def flipped(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_one_flipped_byte_of_a_frozen_version_is_named(partnership):
    assert seal.problems() == []
    for held in Seal.objects.select_related("version__plan"):
        content = bytes(held.content)
        for place in {*range(0, len(content), STEP), len(content) - 1}:
            change("UPDATE records_seal SET content = %s WHERE version_id = %s", flipped(content, place), held.pk)
            assert any(str(held.version) in problem for problem in seal.problems()), place
        change("UPDATE records_seal SET content = %s WHERE version_id = %s", content, held.pk)
    assert seal.problems() == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE records_planversion SET vision = 'Another' WHERE number = 2", "version 2 no longer say what was sealed"),
        ("UPDATE records_deliverable SET title = 'Another' WHERE ref = '1.1.1'", "no longer say what was sealed"),
        ("UPDATE records_plan SET title = 'Another' WHERE slug = '2020-25'", "no longer say what was sealed"),
        (
            "UPDATE records_seal SET sha256 = 'f' WHERE version_id IN (SELECT id FROM records_planversion WHERE number = 2)",
            "version 2",
        ),
        ("UPDATE records_agreement SET version_sha256 = 'f'", "version 2 was signed with another fingerprint than it has"),
        (
            "UPDATE records_storedpaper SET content = x'00' WHERE form = 'pdf'",
            "The pdf of .*version 2 is not the one that was kept",
        ),
        ("DELETE FROM records_storedpaper WHERE form = 'docx'", "The papers of .*version 2 are not those that the audit names"),
        ("DELETE FROM records_decision WHERE kind = 'agree'", "1 of the decisions that the audit has is missing"),
        ("UPDATE records_decision SET words = 'Refused.' WHERE kind = 'agree'", "Decision 1 of .* is not as the audit has it"),
        ("UPDATE records_auditevent SET detail = '{}' WHERE action = 'plan.agree'", "was altered"),
        ("DELETE FROM records_change", "version 2 no longer say what was sealed"),
    ],
)
def test_a_row_changed_behind_the_program_is_named(partnership, tmp_path, statement, words):
    store = Store(tmp_path)
    assert named(store) == []
    change(statement)
    found = named(store)
    assert found and re.search(words, " ".join(found)), found


def test_every_stored_paper_is_proved(partnership, tmp_path):
    store = Store(tmp_path)
    for paper in StoredPaper.objects.all():
        content = bytes(paper.content)
        for place in (0, len(content) // 2, len(content) - 1):
            change("UPDATE records_storedpaper SET content = %s WHERE id = %s", flipped(content, place), paper.pk)
            assert any(f"The {paper.form} of {paper.version}" in problem for problem in named(store))
        change("UPDATE records_storedpaper SET content = %s WHERE id = %s", content, paper.pk)
    assert named(store) == [] and PlanVersion.objects.filter(papers__isnull=False).distinct().count() == 1
