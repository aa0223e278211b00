"""Partnerships to show pages of."""

from datetime import date
from typing import Any

import pytest

from csplan.cycle import clock


def found(slug: str, name: str) -> Any:
    from csplan.records.models import Partnership

    return Partnership.objects.create(
        slug=slug,
        name=name,
        area_code="E06000047",
        area_name="County Durham",
        tier="unitary",
        jurisdiction="England",
        contact="Community safety team, County Hall",
        founded_at=clock.start_of(date(2019, 6, 3)),
    )


@pytest.fixture
def durham(db: None) -> Any:
    """The worked example, whose folder holds website.toml and report-it.toml."""
    return found("county-durham", "Safe Durham Partnership")


@pytest.fixture
def plain(db: None) -> Any:
    """A partnership without files of its own."""
    return found("plainshire", "Safer Plainshire Partnership")
