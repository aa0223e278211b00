"""Write docs/series-events.md: the dated events on the series that are shipped, and how a partnership adds its own.

python tools/series_events_page.py            writes the page
python tools/series_events_page.py --check    says whether it is up to date (exit code 1 when not)
"""

import sys
from pathlib import Path

from csplan.evidence import series_events
from csplan.evidence.plain_words import capital
from csplan.evidence.series_events import BREAKING, FILE, KINDS, OWN_FILE, SeriesEvent

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "series-events.md"
DURHAM = ROOT / "partnerships" / "county-durham" / OWN_FILE

HEAD = """# Dated events on the series

A figure can rise or fall because of how it is counted. What is known of that is data: each event has its months, whose figures it
touches, what happened, and who says so. Nothing is listed without a source, and there may be more than is listed.

An event is told beneath every chart whose months span it, on the page of data, in the JSON of those pages (`events`), and by
`csplan evidence status` and `csplan evidence count`. On a chosen day nothing later is told. Where an event of a kind that breaks a
series falls between the months that are compared, the verdict is `break` on every page and paper, no percentage is given, and the
usual range is made from the months after it.

Written by `tools/series_events_page.py` from the files themselves; do not edit.

## Kinds

| kind | what it is | comparing across it |
| --- | --- | --- |
"""

ADDING = f"""
## Adding an event of your own

Write it into `partnerships/NAME/{OWN_FILE}`, one block for each. A file with a mistake is refused with the block and what to do.
The files are read when the program starts.

```toml
[[event]]
id = "new-incident-system"           # its name, used once
kind = "system"                      # one of the kinds above
from = "2027-04"                     # its month; a longer period (2027-Q2, 2027, 2027-04..2027-09) where the month is not known
to = "2027-06"                       # the last month; leave it out where it lasts, or where no end is known
forces = ["durham"]                  # as police.uk writes them; leave a list out and it touches all
topics = ["anti-social-behaviour"]
what = "Calls are typed by a new list of kinds."
source = "Report to the board of 4 May 2027"
address = "https://www.example.org/board/2027-05-04"
```

Besides these a block may hold:

| line | what it says |
| --- | --- |
| `areas` | codes of areas; the areas inside them are touched too |
| `area_types` | {", ".join(series_events.AREA_TYPES)} |
| `indicators` | ids of the catalogue, where it touches some alone |
| `months` | in place of `from` and `to`: several stretches, each a period |
| `while_not_held` | true: of these months those are told that are still not held |
| `comparable_because` | a sentence that says why figures before and after may be compared all the same |
| `published_on` | the day on which it could be known; without it, the end of its first month |
| `changed_small_areas` | true: it touches those small areas alone whose limits changed in 2021 |

A month that nobody gives is never made up: leave the event out, or give the period in which it lies.
"""

TABLE = "| when | what happened | kind | touches | source |\n| --- | --- | --- | --- | --- |\n"


def page() -> str:
    """The whole page."""
    kinds = "".join(
        f"| `{kind}` | {words} | {'none is made' if kind in BREAKING else 'is made'} |\n" for kind, words in KINDS.items()
    )
    shipped, durham = (f"{TABLE}{''.join(map(row, series_events.read(path)))}" for path in (FILE, DURHAM))
    return f"{HEAD}{kinds}\n## England and Wales\n\n{shipped}\n## County Durham’s own\n\n{durham}{ADDING}"


def row(event: SeriesEvent) -> str:
    """An event as a line of its table."""
    besides = f" {event.comparable_because}" if event.comparable_because else ""
    return f"| {capital(event.when)} | {event.what}{besides} | {event.kind} | {touches(event)} | [{event.source}]({event.address}) |\n"


def touches(event: SeriesEvent) -> str:
    """Whose figures it touches."""
    told = [
        *(f"police force {force}" for force in event.forces),
        *event.areas,
        "small areas whose limits changed" if event.changed_small_areas else ", ".join(event.area_types),
        ", ".join(event.topics),
        ", ".join(event.indicators),
    ]
    return "; ".join(part for part in told if part) or "all"


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
