"""Write docs/mission.md: the committee report of January 2020, paragraph by paragraph, with what does each here.

python tools/mission_page.py            writes the page
python tools/mission_page.py --check    says whether it is up to date (exit code 1 when not)
"""

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "partnerships" / "county-durham" / "report.toml"
PAGE = ROOT / "docs" / "mission.md"
SITE = "http://127.0.0.1:8000/county-durham/"

HEAD = """# The mission, paragraph by paragraph

{source}. Each paragraph in our own words, with the page, command or paper that does it. The pages are those of the
demonstration (`make demo`); the same list stands on the site at [/county-durham/about/report/]({site}about/report/).

Written by `tools/mission_page.py` from `partnerships/county-durham/report.toml`; do not edit.

| paragraph | what it says | what does it |
| --- | --- | --- |
"""


def row(paragraph: dict) -> str:
    """One paragraph as a row of the table."""
    pages = [f"[{p['label']}]({SITE}{p['at']})" for p in paragraph["pages"]]
    commands = [f"`{c}`" for c in paragraph.get("commands", ())]
    return f"| {paragraph['ref']} | {paragraph['words']} | {'; '.join(pages + commands)} |\n"


def page() -> str:
    """The whole page."""
    report = tomllib.loads(REPORT.read_text(encoding="utf-8"))
    return HEAD.format(source=report["source"], site=SITE) + "".join(row(p) for p in report["paragraphs"])


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
