"""An area that the partnership drew has a page like any other, and stands in the lists."""

import html
import shutil
from pathlib import Path

import pytest
from django.test import Client

from csplan.evidence import areas

pytestmark = pytest.mark.django_db
DURHAM = "E06000047"


def test_a_local_area_has_its_page_and_is_found(demo: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = areas.lsoas(areas.within(DURHAM, "msoa")[0].code)
    shutil.copytree(Path("partnerships/county-durham"), tmp_path / "partnerships" / "county-durham")
    lines = [f"Example Valley,{code},2025-01-01" for code in inside]
    (tmp_path / "partnerships" / "county-durham" / "local-areas.csv").write_text("\n".join(["Name,LSOA,From", *lines]))
    monkeypatch.setenv("CSPLAN_PARTNERSHIPS", str(tmp_path / "partnerships"))
    insight = html.unescape(demo.get("/county-durham/insight/").content.decode())
    assert "Areas drawn by the partnership (1)" in insight
    page = demo.get("/county-durham/insight/areas/local-example-valley/")
    words = html.unescape(page.content.decode())
    assert page.status_code == 200 and "Example Valley" in words and "local-example-valley, made of" in words
    told = demo.get("/county-durham/insight/areas/local-example-valley.json").json()
    assert told["area"]["type"] == "local"
    assert demo.get("/county-durham/insight/areas/local-example-valley/burglary/").status_code == 200
    assert demo.get("/county-durham/insight/areas/local-example-valley/?as_at=2024-06-01").status_code == 404
    assert demo.get("/county-durham/insight/areas/local-other/").status_code == 404
    assert (
        demo.get("/county-durham/search/?q=example+valley").headers["Location"].startswith("/county-durham/insight/areas/local-")
    )
