"""Write docs/lint.md: how indicators and deliverables are checked as they are written, from the table in `csplan/cycle/lint.py`.

python tools/lint_page.py            writes the page
python tools/lint_page.py --check    says whether it is up to date (exit code 1 when not)
"""

import sys
from pathlib import Path

from csplan.cycle import lint, thread

PAGE = Path(__file__).resolve().parents[1] / "docs" / "lint.md"

HEAD = """# How indicators and deliverables are checked

Each is looked at as it is written. A rule refuses nothing: what it finds stands beside the form with what to do, and what still
stands when the board agrees a plan is accepted by name. `must` marks what has to be mended, `should` what is better mended.

Written by `tools/lint_page.py` from `csplan/cycle/lint.py` and `csplan/cycle/thread.py`; do not edit.
"""


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_rules(about, title) for about, title in lint.ABOUT.items()) + _ambiguous() + _needs()


def _rules(about: str, title: str) -> str:
    rows = "".join(f"| {r.id} | {r.title} | {r.severity} | {r.what_to_do} |\n" for r in lint.RULES if r.about == about)
    return f"\n## {title}\n\n| rule | what is asked | | what to do |\n| --- | --- | --- | --- |\n{rows}"


def _ambiguous() -> str:
    rows = "".join(f"| {word} | {question} | {', '.join(by)} |\n" for word, (by, question) in lint.AMBIGUOUS.items())
    return (
        "\n## Names that can be read in two ways (K7)\n\n| a name that says | is asked | and is clear with one of |\n"
        f"| --- | --- | --- |\n{rows}"
    )


def _needs() -> str:
    rows = "".join(
        f"| {thread.KINDS[kind].title} | {'; '.join(n.lacks + (' (once accepted)' if n.when else '') for n in needs)} |\n"
        for kind, needs in thread.NEEDS.items()
        if needs
    )
    return f"\n## Links that may not be missing\n\n| a thing | may not be without |\n| --- | --- |\n{rows}"


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
