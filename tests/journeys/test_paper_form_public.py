"""The paper form of a consultation is public from the day it opens, and not before."""

import pytest

from csplan.cycle import clock
from csplan.records import papers
from csplan.records.lookup import NotHere
from csplan.records.models import Consultation, Partnership


@pytest.mark.parametrize("kind", ["paper-form", "paper-form-large"])
def test_a_form_is_public_once_the_consultation_has_opened(tell, kind):
    tell("2020-01-09")
    asked, here = Consultation.objects.get(slug="plan-2020-25"), Partnership.objects.get()
    made = papers.make(here, kind, asked.slug, viewer=None, at=asked.opens_at)
    assert asked.write_to in str(made.blocks)
    before = clock.start_of(asked.opens_on).replace(year=asked.opens_on.year - 1)
    with pytest.raises(NotHere):
        papers.make(here, kind, asked.slug, viewer=None, at=before)
