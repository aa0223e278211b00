"""The worked example, told by its story up to a day of one's choice."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client, TestCase

from csplan.cycle import clock
from csplan.records import story
from csplan.records.models import Partnership
from tests.journeys.insight_site import DURHAM, TODAY
from tests.journeys.told import told_once_each

FOLDER = Path(__file__).resolve().parents[2] / "partnerships" / "county-durham"

#: Tells the story up to an instant, such as "2020-01-09" (nine in the morning), and gives the partnership.
Tell = Callable[..., Partnership]


def no_readings(_computed_from: str) -> Iterable[story.Computed]:
    """No figures are held."""
    return ()


@pytest.fixture
def tell(db: None, tmp_path: Path) -> Tell:
    def told(until: str, readings: story.events.Readings = no_readings) -> Partnership:
        def tell() -> None:
            story.tell(FOLDER, data=tmp_path, until=clock.parse(until), readings=readings)

        told_once_each((until, readings), tell, tmp_path)
        return Partnership.objects.get(slug="county-durham")

    return told


@pytest.fixture(scope="module")
def told_once(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tell]:
    """The same, told once for all tests of a file that ask `db`: what each changes is undone. Such a file tells nothing else."""
    data = tmp_path_factory.mktemp("told")

    def told(until: str, readings: story.events.Readings = no_readings) -> Partnership:
        story.tell(FOLDER, data=data, until=clock.parse(until), readings=readings)
        return Partnership.objects.get(slug="county-durham")

    with django_db_blocker.unblock():
        atomics = TestCase._enter_atomics()
        try:
            yield told
        finally:
            TestCase._rollback_atomics(atomics)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A visitor to the whole worked example, with its figures, as it stands on one day; built once for the tests of a file."""
    from csplan.evidence import load
    from csplan.evidence.store import Store

    data = tmp_path_factory.mktemp("demonstration")
    store = Store(data)
    load.carry(store, FOLDER / "figures", by="terminal:test")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, clock.at(clock.parse("2026-11-23")):
        patch.setenv("CSPLAN_DATA", str(data))
        atomics = TestCase._enter_atomics()
        try:
            story.tell(FOLDER, store=store, data=data, until=clock.now())
            yield Client()
        finally:
            TestCase._rollback_atomics(atomics)


@pytest.fixture
def person() -> Callable[[str], User]:
    """The account of a name, such as manager."""
    return lambda name: User.objects.get(username=name)


@pytest.fixture
def signed_in(person: Callable[[str], User]) -> Callable[..., Client]:
    """A browser in which the person of a name is signed in."""

    def client(name: str, **how: Any) -> Client:
        found = Client(**how)
        found.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
        return found

    return client


@pytest.fixture
def elsewhere(db: None) -> Partnership:
    """Another partnership in the same installation, with nothing of its own yet."""
    return Partnership.objects.create(
        slug="elsewhere",
        name="Elsewhere Partnership",
        area_code="E07000000",
        area_name="Elsewhere",
        tier="two-tier",
        jurisdiction="england",
        contact="its office",
        founded_at=clock.parse("2010-01-01"),
    )


@pytest.fixture(scope="session")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the figures that come with the program."""
    from csplan.evidence import load
    from csplan.evidence.store import Store

    folder = tmp_path_factory.mktemp("carried")
    load.carry(Store(folder), FOLDER / "figures", by="terminal:test")
    return folder


@pytest.fixture
def demo(db: None, client: Client, carried: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A browser on the worked example's facts and figures, as they stand on TODAY."""
    monkeypatch.setenv("CSPLAN_DATA", str(carried))
    with clock.at(clock.parse(TODAY)):
        Partnership.objects.create(
            slug="county-durham",
            name="Safe Durham Partnership",
            area_code=DURHAM,
            area_name="County Durham",
            tier="unitary",
            jurisdiction="england",
            contact="Community safety team",
            founded_at=clock.parse("2010-01-01"),
        )
        yield client
