"""The database's own guards stand, and stand again after a migration."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models

from csplan.cycle import clock
from csplan.records import triggers
from csplan.records.models import Partnership, Plan, PlanVersion, Priority, Seal


@pytest.fixture
def frozen(transactional_db: None) -> Iterator[Priority]:
    """A priority of a frozen version. The guards step aside at the end, so that the tables can be emptied."""
    at = clock.parse("2020-01-09")
    user = User.objects.create(username="manager")
    partnership = Partnership.objects.create(
        slug="p",
        name="P",
        area_code="E06000047",
        area_name="P",
        tier="unitary",
        jurisdiction="england",
        contact="",
        founded_at=at,
    )
    days = {"starts_on": clock.day_of(at), "ends_on": clock.day_of(at).replace(year=2025)}
    plan = Plan.objects.create(partnership=partnership, slug="s", title="S", begun_at=at, **days)
    version = PlanVersion.objects.create(plan=plan, number=1, vision="V", drafted_at=at, drafted_by=user)
    priority = Priority.objects.create(version=version, ref="1", title="First")
    Seal.objects.create(version=version, content=b"{}", sha256="0" * 64, sealed_at=at, sealed_by=user)
    yield priority
    triggers.take_away()


def make_again(model: Any, name: str, field: models.Field) -> None:
    """Migrate a column as `migrate` does on SQLite: the table is made again, its rows copied, the old one dropped."""
    old = model._meta.get_field(name)
    field.set_attributes_from_name(name)
    field.model = model
    triggers.before_migrate(using="default")
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, field)
    triggers.after_migrate(using="default")


def test_a_frozen_row_refuses_changes_after_its_table_was_made_again(frozen):
    make_again(Priority, "title", models.CharField(max_length=299))
    assert triggers.missing() == []
    with pytest.raises(IntegrityError, match="A priority of a frozen version never changes"):
        Priority.objects.filter(pk=frozen.pk).update(title="Another")
    make_again(Seal, "sha256", models.CharField(max_length=65, unique=True))
    with pytest.raises(IntegrityError, match="A seal never changes"):
        Seal.objects.update(sha256="1" * 64)
    assert Priority.objects.get().title == "First"
    make_again(Priority, "title", models.CharField(max_length=300))
    make_again(Seal, "sha256", models.CharField(max_length=64, unique=True))


def test_without_its_guard_a_frozen_row_would_change(frozen):
    """The twin: the test above proves the guard, not something else."""
    triggers.take_away()
    assert Priority.objects.filter(pk=frozen.pk).update(title="Another") == 1


def test_a_missing_or_weakened_guard_is_named_and_put_back(frozen):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER fixed_update_seal")
        cursor.execute("DROP TRIGGER fixed_delete_response")
        cursor.execute("CREATE TRIGGER fixed_delete_response BEFORE DELETE ON records_response WHEN 0 BEGIN SELECT 1; END")
    assert sorted(triggers.missing()) == ["fixed_delete_response", "fixed_update_seal"]
    triggers.put_back()
    assert triggers.missing() == []


def test_a_row_can_not_be_moved_out_of_what_is_frozen(frozen):
    free = PlanVersion.objects.create(
        plan=frozen.version.plan, number=2, vision="V", drafted_at=clock.now(), drafted_by=User.objects.get()
    )
    loose = Priority.objects.create(version=free, ref="1", title="Loose")
    for row, version in ((frozen, free), (loose, frozen.version)):
        with pytest.raises(IntegrityError, match="never changes"):
            Priority.objects.filter(pk=row.pk).update(version=version, ref="9")


def test_a_draft_may_still_change(frozen):
    free = PlanVersion.objects.create(
        plan=frozen.version.plan, number=2, vision="V", drafted_at=clock.now(), drafted_by=User.objects.get()
    )
    assert PlanVersion.objects.filter(pk=free.pk).update(vision="W") == 1
