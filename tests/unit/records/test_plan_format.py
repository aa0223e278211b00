"""The csplan plan format: out and in again without a loss, a schema that is one, and a sentence with its place for each mistake."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from csplan.cycle import clock, plan_format, plan_schema, plan_text
from csplan.documents import plan_exchange
from csplan.errors import CsplanError
from csplan.records import plan_exchange as exchange
from csplan.records.models import Membership, Partnership, PlanVersion

ROOT = Path(__file__).resolve().parents[3]
HERE = {"slug": "anywhere", "name": "Anywhere Partnership", "area_code": "E06000047"}
PLAN = {"slug": "2030-35", "title": "Anywhere Plan", "from": date(2030, 4, 1), "to": date(2035, 3, 31), "is_example": False}

LINE = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
WORDS = st.one_of(st.just(""), st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60))
DAYS = st.one_of(st.none(), st.dates(date(2030, 4, 1), date(2032, 12, 31)))


def value(field: plan_text.Field) -> st.SearchStrategy[Any]:
    """Anything that may be written in a field."""
    refs = st.lists(st.sampled_from(["1", "1.1", "1.1.1", "12.3"]), max_size=3)
    made: dict[str, st.SearchStrategy[Any]] = {
        "line": LINE if field.is_needed else st.one_of(st.just(plan_text.empty(field)), LINE),
        "words": LINE if field.is_needed else WORDS,
        "lines": st.lists(LINE, max_size=3),
        "refs": refs,
        "limbs": st.lists(st.sampled_from("abcd"), max_size=4, unique=True),
        "day": DAYS,
        "group": st.sampled_from(["", "board", "being-safe"]),
        "choice": st.sampled_from(["", *(field.choices or ())]),
        "number": st.one_of(st.none(), st.integers(0, 10**9)),
        "pairs": st.dictionaries(LINE, refs, max_size=3),
    }
    return made[field.form]


def row(name: str, ref: str, **known: Any) -> st.SearchStrategy[dict[str, Any]]:
    kind = plan_text.KINDS[name]
    fields = {f.name: st.just(known[f.name]) if f.name in known else value(f) for f in kind.fields}
    return st.fixed_dictionaries({kind.key: st.just(ref), **fields})


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any text of a plan, in the shape of `records.plan_rows.document`."""
    priorities = []
    sizes = [(n, draw(st.integers(0, 3))) for n in range(1, draw(st.integers(0, 4)) + 1)]
    areas = [f"{n}.{k}" for n, many in sizes for k in range(1, many + 1)]
    for n, many in sizes:
        deliverables = []
        for k in range(1, draw(st.integers(0, 3)) + 1):
            served = draw(st.lists(st.sampled_from(areas), max_size=3, unique=True)) if areas else []
            starts = draw(DAYS)
            made = draw(row("deliverable", f"{n}.{max(1, many)}.{k}", work_areas=served, starts=starts, due=starts))
            deliverables.append({**made, "is_example": draw(st.booleans())})
        priority = draw(row("priority", str(n)))
        named = [draw(row("work-area", f"{n}.{k}")) for k in range(1, many + 1)]
        priorities.append({**priority, "work_areas": named, "deliverables": deliverables})
    refs = {
        "section": "foreword",
        "alignment": "vision",
        "assurance-area": "A1",
        "risk": "R1",
        "dependency": "N1",
        "resource": "M1",
    }
    rest = {plan_text.KINDS[k].plural: [draw(row(k, ref))] if draw(st.booleans()) else [] for k, ref in refs.items()}
    month = draw(st.sampled_from([None, "2029-11"]))
    return {"vision": draw(LINE), "priorities_agreed_in": month, "note": draw(WORDS), "priorities": priorities, **rest}


def exported(document: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(plan_format.exported(document, partnership=HERE, plan=PLAN)))
    return told


@given(documents())
def test_any_plan_goes_out_and_comes_in_again_the_same(document):
    file = exported(document)
    assert plan_exchange.problems(file) == []
    assert plan_format.unread(file) == []
    assert plan_format.document_of(file) == document
    assert exported(plan_format.document_of(file)) == file


@given(documents())
def test_a_deliverable_stands_once(document):
    refs = [d["ref"] for p in exported(document)["priorities"] for d, _ in plan_format.placed(p)]
    assert sorted(refs) == sorted(d["ref"] for p in document["priorities"] for d in p["deliverables"])


@pytest.fixture
def elsewhere(db: None) -> tuple[Partnership, User]:
    """A partnership without a plan, and its manager."""
    founded = clock.parse("2020-01-01")
    there = Partnership.objects.create(**HERE, area_name="Anywhere", tier="unitary", jurisdiction="england", contact="Office", founded_at=founded)  # fmt: skip
    manager = User.objects.create(username="manager")
    Membership.objects.create(partnership=there, user=manager, role="manager", person="Manager", from_at=founded)
    return there, manager


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=documents())
def test_any_plan_taken_in_elsewhere_is_the_same_when_it_is_handed_on(elsewhere, document):
    for d in (d for p in document["priorities"] for d in p["deliverables"]):
        d["why"] = "" if d["lead"] and d["due"] else d["why"] or "not settled yet"  # as the records have it
    file, (there, manager) = exported(document), elsewhere
    slug = f"plan-{PlanVersion.objects.count()}"
    version = exchange.draft(partnership=there, file=file, slug=slug, by=manager)
    again = json.loads(json.dumps(exchange.export(version, viewer=None, at=clock.now())))
    assert again.pop("plan") == file.pop("plan") | {"slug": slug, "version": 1, "sha256": None}
    assert again == file


def test_the_schema_is_one_and_names_every_field():
    schema = plan_schema.schema()
    Draft202012Validator.check_schema(schema)
    for kind in plan_text.KINDS.values():
        if kind.name != "vision":
            assert {kind.key, *(f.name for f in kind.fields)} <= set(schema["$defs"][kind.name]["properties"])


def test_the_shipped_schema_and_page_are_those_of_the_table():
    shipped = json.loads((ROOT / "docs" / "plan-format.schema.json").read_text(encoding="utf-8"))
    assert shipped == plan_schema.schema(), "run `make docs`"
    page = (ROOT / "docs" / "plan-format.md").read_text(encoding="utf-8")
    for where, key, form, needed, what in plan_schema.rows():
        assert f"| `{where}` | `{key}` | {form} | {needed} | {what} |" in page, "run `make docs`"


# ---- mistakes ---------------------------------------------------------------------------------------------------


def good() -> dict[str, Any]:
    return {
        "format": "csplan plan 1",
        "partnership": dict(HERE),
        "plan": {"slug": "2030-35", "title": "Anywhere Plan", "from": "2030-04-01", "to": "2035-03-31"},
        "vision": "Safe",
        "sections": [{"ref": "foreword", "title": "Foreword"}],
        "priorities": [
            {"ref": "1", "title": "Homes", "work_areas": [{"ref": "1.1", "title": "Locks"}]},
            {
                "ref": "2",
                "title": "Streets",
                "limbs": ["a"],
                "deliverables": [{"ref": "2.1.1", "title": "Lights", "work_areas": ["1.1"], "lead": None, "due": None}],
            },
        ],
        "alignments": [{"slug": "vision", "title": "Anywhere 2040", "delivers": {"Jobs": ["1"]}}],
        "resources": [{"ref": "M1", "title": "Grant", "amount_gbp": 5}],
    }


PRIORITY, DELIVERABLE = ("priorities", 1), ("priorities", 1, "deliverables", 0)
#: (where, what is put there or nothing to take it out, the one sentence)
MISTAKES: list[tuple[tuple[Any, ...], Any, str]] = [
    (("format",), "csplan plan 9", "“format” is not “csplan plan 1”."),
    (("vision",), ..., "“vision” is missing."),
    (("vision",), "", "“vision” is empty."),
    (("vision",), "v" * 501, "“vision” is 1 signs too long: 500 at most."),
    (("plan", "from"), "1 April 2030", "plan: “from” is not a day such as 2020-03-31."),
    (("plan", "to"), "2030-02-31", "plan: “to” is not a day such as 2020-03-31."),
    (("plan", "to"), "2030-04-01", "plan: “to” is not after “from”."),
    (("plan", "slug"), "A plan", "plan: “slug” is not a name in addresses: small letters, digits and hyphens."),
    (("priorities_agreed_in",), "2018-13", "“priorities_agreed_in” is not a month such as 2018-11."),
    (("partnership", "name"), ..., "partnership: “name” is missing."),
    (("priorities",), {}, "“priorities” is not a list."),
    ((*PRIORITY, "title"), ..., "priorities, second: “title” is missing."),
    ((*PRIORITY, "title"), 7, "priorities, second: “title” is not text."),
    ((*PRIORITY, "ref"), "two", "priorities, second: “ref” is no reference of priority, such as 1."),
    ((*PRIORITY, "limbs"), ["e"], "priorities, second: “limbs” holds “e”, which is no purpose of section 6(1): a, b, c or d."),
    ((*DELIVERABLE, "due"), "soon", "priorities, second, deliverables, first: “due” is not a day such as 2020-03-31."),
    ((*DELIVERABLE, "title"), "a\nb", "priorities, second, deliverables, first: “title” is to stand on one line."),
    (
        (*DELIVERABLE, "evidence"),
        "hope",
        "priorities, second, deliverables, first: “evidence” is none of: document, figure, minute, record, feedback, other.",
    ),
    (
        (*DELIVERABLE, "work_areas"),
        ["1.x"],
        "priorities, second, deliverables, first: “work_areas” holds “1.x”, which is no reference such as 1, 1.2 or 1.2.1.",
    ),
    ((*DELIVERABLE, "work_areas"), ["9.9"], "Deliverable 2.1.1 serves work area 9.9, which is not in the file."),
    ((*DELIVERABLE, "ref"), "1.1.1", "Deliverable 1.1.1 stands under priority 2. Its reference is to begin with 2."),
    ((*PRIORITY, "ref"), "1", "priorities: the reference 1 stands more than once. Each is used once."),
    (("resources", 0, "amount_gbp"), "five", "resources, first: “amount_gbp” is not a whole number of pounds."),
    (("resources", 0, "amount_gbp"), -1, "resources, first: “amount_gbp” is not a whole number of pounds."),
    (("resources", 0, "title"), "a\u0000b", "resources, first: “title” holds a control character or a broken sign. Write it anew."),
]  # fmt: skip


@pytest.mark.parametrize(("where", "put", "sentence"), MISTAKES, ids=[s for _, _, s in MISTAKES])
def test_each_mistake_is_a_sentence_with_its_place(where, put, sentence):
    file = copy.deepcopy(good())
    assert plan_exchange.problems(file) == []
    at: Any = file
    for key in where[:-1]:
        at = at[key]
    if put is ...:
        del at[where[-1]]
    else:
        at[where[-1]] = put
    assert sentence in plan_exchange.problems(file)


def test_a_day_that_is_due_before_it_starts_is_refused():
    file = good()
    file["priorities"][1]["deliverables"][0] |= {"starts": "2031-01-01", "due": "2030-01-01"}
    assert plan_exchange.problems(file) == ["Deliverable 2.1.1: “due”: It is due before it starts. Correct one of the two days."]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=8), x, max_size=3),
    )
)
def test_anything_else_is_refused_in_words(value):
    assert plan_exchange.problems(value)
    assert plan_exchange.problems({**good(), "priorities": [value]})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "is not JSON: it breaks off at line 1"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b'{"a": 1, "a": 2}', "“a” stands twice"),
        (b"[" * 100_000, "nested too deeply"),
    ],
    ids=["not json", "not utf-8", "a key twice", "too deep"],
)
def test_a_file_that_is_no_json_is_refused_in_words(tmp_path, content, words):
    file = tmp_path / "plan.json"
    file.write_bytes(content)
    with pytest.raises(CsplanError, match=words) as refused:
        plan_exchange.read(file)
    assert refused.value.exit_code == 4


def test_what_the_format_does_not_know_is_told():
    file = good()
    file["colour"] = "red"
    file["plan"]["state"] = "agreed"
    file["priorities"][0]["rag"] = "green"
    file["priorities"][1]["deliverables"][0]["status"] = "done"
    assert plan_exchange.problems(file) == []
    assert plan_format.unread(file) == ["“colour”", "“state” of the plan", "“rag” of one priority", "“status” of one deliverable"]
