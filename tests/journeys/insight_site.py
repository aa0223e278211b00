"""The worked example's facts and figures, as a resident looks at them: what the tests of those pages share."""

from html import unescape

DURHAM, SHILDON = "E06000047", "E02004340"
INSIGHT = "/county-durham/insight"
#: Days on which the pages are read: with everything, and before any population of small areas was published.
TODAY, SCRUTINY = "2026-11-02", "2020-01-09"


def read(demo, address: str, day: str | None = None) -> str:
    """A page as text; it must answer."""
    response = demo.get(address, {"as_at": day} if day else {})
    assert response.status_code == 200, (address, response.status_code)
    return unescape(response.content.decode())


def facts(demo, address: str, day: str | None = None) -> dict:
    return demo.get(address.rstrip("/") + ".json", {"as_at": day} if day else {}).json()
