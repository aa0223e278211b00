"""The worked example, told by its story up to a day of one's choice."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from csplan.cycle import clock
from csplan.records import story
from csplan.records.models import Partnership

FOLDER = Path(__file__).resolve().parents[2] / "partnerships" / "county-durham"

#: Tells the story up to an instant, such as "2020-01-09" (nine in the morning), and gives the partnership.
Tell = Callable[..., Partnership]


def no_readings(_computed_from: str) -> Iterable[story.Computed]:
    """No figures are held."""
    return ()


@pytest.fixture
def tell(db: None, tmp_path: Path) -> Tell:
    def told(until: str, readings: story.events.Readings = no_readings) -> Partnership:
        story.tell(FOLDER, data=tmp_path, until=clock.parse(until), readings=readings)
        return Partnership.objects.get(slug="county-durham")

    return told


@pytest.fixture
def person() -> Callable[[str], User]:
    """The account of a name, such as manager."""
    return lambda name: User.objects.get(username=name)


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
