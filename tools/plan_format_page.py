"""Write docs/plan-format.md and docs/plan-format.schema.json from the one table of what a plan is made of. Run by `make docs`.

A test compares both with the table, so a stale page fails.
"""

import json
from pathlib import Path

from csplan.cycle import plan_format, plan_schema

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE, SCHEMA = DOCS / "plan-format.md", DOCS / "plan-format.schema.json"
HEAD = f"""# The csplan plan format

Made from `csplan/cycle/plan_text.py` and `plan_format.py` by `make docs`; do not edit.

A plan as one JSON document in UTF-8, so that partnerships and other programs can exchange plans. The schema beside this page,
[plan-format.schema.json](plan-format.schema.json), is JSON Schema 2020-12.

```json
{{
  "format": "{plan_format.FORMAT}",
  "partnership": {{"slug": "anywhere", "name": "Anywhere Partnership", "area_code": "E06000047"}},
  "plan": {{"slug": "2030-35", "title": "Anywhere Plan 2030-35", "from": "2030-04-01", "to": "2035-03-31"}},
  "vision": "A place where everyone is safe",
  "priorities": [
    {{
      "ref": "1",
      "title": "Safer homes",
      "limbs": ["a"],
      "work_areas": [
        {{
          "ref": "1.1",
          "title": "Locks",
          "deliverables": [
            {{"ref": "1.1.1", "title": "Fit locks", "work_areas": ["1.1"], "lead": "Housing office", "due": "2031-03-31"}}
          ]
        }}
      ],
      "deliverables": []
    }}
  ]
}}
```

- **A deliverable stands once**: under its work area where it serves that one alone, else under its priority with its `work_areas`.
- **What says nothing may be left out** or be null. `lead` and `due` of a deliverable are always told, null with `why`.
- **References** are names and are never used again for something else. A work area and a deliverable begin with the number of their priority.
- **Words** are Markdown. A live figure stays a reference such as `{{recorded-burglary.rate/E06000047/2025}}`; the words that it had when a
  version was sealed stand in `figures`.
- **Keys that the format does not know** may stand beside the others. They are not read, and whoever brings the file in is told which.
- **Not exchanged**: who agreed a plan and when, what people answered, papers, readings. They are records of the partnership that made
  them; its pages and sealed words tell them.

The page of a plan answers in this format at `/P/plans/SLUG.json`, with more keys beside (its state, who agreed it, its dispatch).

```
csplan plan export 2020-25 --to plan.json     # a version that is public; --version N for another
csplan plan validate plan.json                # exit code 0, or 4 with a sentence for each problem
csplan plan import plan.json --by manager     # drafts it here; --slug NAME for another name in addresses
```

## Every key

| where | key | type | | what it is |
| --- | --- | --- | --- | --- |
"""


def page() -> str:
    """The page in Markdown."""
    return HEAD + "".join(
        f"| `{where}` | `{key}` | {form} | {needed} | {what} |\n" for where, key, form, needed, what in plan_schema.rows()
    )


def schema() -> str:
    """The schema as the file that is shipped."""
    return json.dumps(plan_schema.schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
    print(f"Written: {PAGE}, {SCHEMA}")
