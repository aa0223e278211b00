"""Write docs/roles.md: who may do what, from the one table in `csplan/cycle/roles.py`.

python tools/roles_page.py            writes the page
python tools/roles_page.py --check    says whether it is up to date (exit code 1 when not)
"""

import sys
from pathlib import Path

from csplan.cycle import roles

PAGE = Path(__file__).resolve().parents[1] / "docs" / "roles.md"

HEAD = """# Who may do what

A role is held in one partnership by one person. Author and approver of the same thing are never the same person. `terminal` is the
keeper of the machine, from its command line; `public` is a resident without an account.

Written by `tools/roles_page.py` from `csplan/cycle/roles.py`; do not edit.

## Roles

| role | what it is |
| --- | --- |
"""


def page() -> str:
    """The whole page."""
    named = "".join(f"| {role} | {words} |\n" for role, words in roles.ROLES.items())
    acts = "".join(f"| {words} | `{action}` | {who} |\n" for action, words, who in roles.table())
    return f"{HEAD}{named}\n## Actions\n\n| to | action | who may |\n| --- | --- | --- |\n{acts}"


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
