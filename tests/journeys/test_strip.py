"""The strip of days leads from every page to one that is there."""

import re

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("performance/recorded-burglary/", "/county-durham/"),
        ("plans/example-refresh/", "/county-durham/"),
        ("plans/2020-25/", "/county-durham/plans/2020-25/"),
        ("insight/indicators/recorded-burglary/", "/county-durham/insight/indicators/recorded-burglary/"),
    ],
)
def test_the_strip_leads_to_a_page_that_is_there(demonstration, address, there):
    page = demonstration.get(f"/county-durham/{address}").content.decode()
    links = re.findall(r'<a href="([^"]+)"', page[page.index("csp-days") : page.index("</nav>")])
    assert f"{there}?as_at=2020-01-09" in links
    assert {demonstration.get(link).status_code for link in links} == {200}
