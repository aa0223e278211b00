"""Write docs/methods/ from the docstrings of csplan.statistics, the published numbers in the tests, and what was measured.

    python tools/method_pages.py           writes the pages
    python tools/method_pages.py --check   says which are out of date, and fails if any is

So that a page cannot say other than the code does, nothing under docs/methods is written by hand.
"""

import inspect
import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from csplan.statistics import (
    agreement,
    assurance,
    attack,
    change,
    comparison,
    concentration,
    control_chart,
    control_chart_reading,
    control_chart_rebasing,
    control_chart_seasonal,
    disclosure,
    dispersion,
    displacement,
    emerging,
    forecast,
    funnel,
    funnel_limits,
    harm,
    hotspots,
    inequality,
    kernel_density,
    ledger,
    prioritisation,
    ranks,
    rates,
    seasonality,
    similarity,
    spatial,
    standardisation,
    steps,
    stl,
    testing,
    trend,
    u_chart,
    vulnerability,
)

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.verification.published import PUBLISHED  # noqa: E402

PAGES = ROOT / "docs" / "methods"
MADE_BY = "<!-- Made by tools/method_pages.py from the docstrings and tests. Change those, then run it again. -->"


@dataclass(frozen=True)
class Page:
    """One page: its name, its title, what it is for in a line, and the modules it explains."""

    name: str
    title: str
    use: str
    modules: tuple[ModuleType, ...]


INDEX = (
    Page(
        "rates",
        "Rates and shares",
        "How many for each 1,000 people, or what share, with the range chance allows",
        (rates, standardisation),
    ),
    Page(
        "change",
        "Change",
        "Whether more or fewer than a year ago: the test behind every verdict word",
        (change, dispersion, testing, displacement),
    ),
    Page(
        "control_chart",
        "Control charts",
        "Which months stand out from a series' usual range",
        (control_chart, control_chart_reading, control_chart_rebasing, control_chart_seasonal, u_chart, assurance),
    ),
    Page("comparison", "Ranks, bands and gaps", "How an area stands in its group, and how sure that is", (comparison,)),
    Page("similarity", "Areas alike", "Which areas are most like a given one, and in what", (similarity,)),
    Page("spatial", "Neighbours alike", "Whether neighbouring places are alike, and which are not", (spatial,)),
    Page("kernel_density", "Density", "How densely points lie, smoothed over a map in metres", (kernel_density,)),
    Page("emerging", "Emerging hot spots", "Which places have become, stayed or ceased to be hot over many months", (emerging,)),
    Page("harm", "Harm", "What the events add up to when grave ones count for more", (harm,)),
    Page(
        "vulnerability", "Vulnerable localities", "Where several measures of need and crime are high together", (vulnerability,)
    ),
    Page("seasonality", "Season", "Which months of the year are usually high", (seasonality, stl)),
    Page("trend", "Trend", "Whether a series rises or falls over years, or stepped", (trend, steps)),
    Page("forecast", "Forecast", "What the next months are likely to hold, and how far that may miss", (forecast,)),
    Page("funnel", "Comparing areas", "Which areas stand apart from all areas of their kind", (funnel, funnel_limits)),
    Page("concentration", "Concentration", "Whether few places hold most events, beyond what chance gives", (concentration,)),
    Page("inequality", "Deprivation", "How far a rate differs between the most and the least deprived", (inequality,)),
    Page("hotspots", "Hot spots", "Where neighbouring places are high together, beyond what chance gives", (hotspots,)),
    Page(
        "prioritisation",
        "Priorities",
        "Which issues come first by a matrix of scores, and whether that hangs on the weights",
        (prioritisation, ranks),
    ),
    Page(
        "disclosure",
        "Small counts",
        "What may be shown of small counts, and what could be worked out of it",
        (disclosure, ledger, attack),
    ),
    Page("agreement", "Agreement of coders", "How far two people who code the same comments agree beyond chance", (agreement,)),
)

#: page -> parts of measured.json: heading, what was done, heads of the last two columns.
MEASURED = {
    "change": (
        (
            "quiet",
            "How often it claims a change where there is none",
            "Invented areas of fourteen topics, from 1,700 events a month to 13, two years alike. A claim is a verdict of up or "
            "down, at q below 5% over the fourteen. Where no month is tied to the one before, about five areas in a hundred at "
            "most carry any false claim. Where a series wanders there are more: that is the known weakness of the test.",
            ("Tests that claim", "Areas with any claim"),
        ),
        (
            "changed",
            "How often it finds a change that is there",
            "The same areas, but with a quarter fewer events in the second year, in every topic. What it misses are rare topics.",
            ("Tests that claim", "Areas with any claim"),
        ),
    ),
    "control_chart": (
        (
            "charts",
            "How often a quiet series shows a signal",
            "Invented charts of 24 months in which nothing happened. About one chart in five shows a signal all the same, and a "
            "season alone fills a chart with them. So a signal is worth asking about, and is no finding.",
            ("Points marked", "Charts with any signal"),
        ),
    ),
    "funnel": (
        (
            "funnel",
            "How often an area is called high or low without cause",
            "Invented families of 65 areas. In the first rows all have one true rate, and any call is false. In the others true "
            "rates differ by the spread named, without outliers; a call then is of an area at the far end of that spread.",
            ("Areas called", "Families with any"),
        ),
    ),
}


def pages() -> dict[Path, str]:
    """Each page and what should stand in it."""
    measured = json.loads((PAGES / "measured.json").read_text(encoding="utf-8"))
    texts = {PAGES / "README.md": _index()}
    for page in INDEX:
        cases = [case for module in page.modules for case in PUBLISHED.get(module.__name__.rpartition(".")[2], ())]
        texts[PAGES / f"{page.name}.md"] = _text(_page(page, cases, measured))
    return texts


def _text(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


def _index() -> str:
    rows = [(f"[{page.title}]({page.name}.md)", page.use) for page in INDEX]
    return _text(
        [
            MADE_BY,
            "# Methods",
            "Every statistic that the program prints, with its formula, its source, worked numbers that run as tests, numbers "
            "that others printed, and how often it errs. Missing values stay missing: none is ever taken for zero.",
            _table(("Page", "What it answers"), rows),
            "How often the methods err was measured by `python tools/quiet_areas.py`, which writes `measured.json`.",
        ]
    )


def _page(page: Page, published: Sequence[Any], measured: dict[str, list[dict[str, Any]]]) -> Iterable[str]:
    yield MADE_BY
    yield f"# {page.title}"
    for module in page.modules:
        short = module.__name__.rpartition(".")[2]
        if module is not page.modules[0]:
            yield f"## {short.replace('_', ' ').capitalize()}"
        yield from _blocks(module.__doc__ or "")
        for name, thing in _public(module):
            yield f"## `{short}.{name}`"
            if not is_dataclass(thing):
                yield f"```python\n{_signature(name, thing)}\n```"
            yield from _blocks(thing.__doc__ or "")
    if published:
        yield "## Checked against"
        yield _table(
            ("What", "Printed elsewhere", "Ours", "By"),
            [(case.what, ", ".join(case.printed), ", ".join(f"{n:.7g}" for n in case.ours()), case.by) for case in published],
        )
    for part, heading, words, heads in MEASURED.get(page.name, ()):
        yield f"## {heading}"
        yield words
        yield _table(("Invented", *heads), [_share(row) for row in measured[part]])


def _share(row: dict[str, Any]) -> tuple[str, str, str]:
    claims = f"{row['claims']:,} of {row['tests']:,} ({row['claims'] / row['tests']:.2%})"
    return row["words"], claims, f"{row['touched']:,} of {row['areas']:,} ({row['touched'] / row['areas']:.1%})"


def _public(module: ModuleType) -> list[tuple[str, Any]]:
    """Functions, then the results they give, each in the order of the source."""
    found = inspect.getmembers(module, lambda thing: inspect.isfunction(thing) or inspect.isclass(thing))
    own = [(name, thing) for name, thing in found if thing.__module__ == module.__name__ and not name.startswith("_")]
    return sorted(own, key=lambda item: (inspect.isclass(item[1]), inspect.getsourcelines(item[1])[1]))


def _signature(name: str, function: Any) -> str:
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in inspect.signature(function).parameters.values()]
    # Written as the formatter of the repository writes code: with double quotes.
    return f"{name}{inspect.Signature(bare)}".replace("'", '"')


def _blocks(docstring: str) -> Iterable[str]:
    """The blocks of a docstring, each as Markdown."""
    for block in inspect.cleandoc(docstring).split("\n\n"):
        lines = block.splitlines()
        if block.startswith(">>>"):
            yield f"Worked number:\n\n```python\n{block}\n```"
        elif any(re.search(r"\S {3,}\S", line) for line in lines):
            yield from _columns(lines)
        else:
            yield re.sub(r"^(Raises|Source)\b:?", r"**\1**", block)


def _columns(lines: list[str]) -> Iterable[str]:
    """Lines of a name and its meaning as a table, and the line that says what is given back as a sentence."""
    rows = [re.split(r" : | {3,}", line) for line in lines if not line.startswith("Returns")]
    heads = ("Name", "Kind", "Meaning") if len(rows[0]) == 3 else ("Word", "When")
    yield _table(heads, [(f"`{name}`", *rest) for name, *rest in rows])
    for line in lines:
        if line.startswith("Returns"):
            yield "**Returns** " + re.sub(r" {3,}", ": ", line.removeprefix("Returns ").strip())


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    ruled = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in (heads, *rows)]
    return "\n".join([ruled[0], "|" + " --- |" * len(heads), *ruled[1:]])


def out_of_date() -> list[Path]:
    """Pages whose file says something else, or is not there."""
    return [path for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        stale = out_of_date()
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date. Run: python tools/method_pages.py")
        sys.exit(bool(stale))
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
