"""A plan is handed on to another partnership: written out, checked, drafted there, and the same when it is written out again."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan import terminal
from csplan.commands import plan as commands
from csplan.cycle import clock
from csplan.documents import plan_exchange as files
from csplan.errors import CsplanError
from csplan.records import plan_exchange
from csplan.records.models import Membership, PlanVersion
from csplan.records.reading import plan


@pytest.fixture
def csplan(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command on the records of the test: gives (exit code, what it said)."""
    monkeypatch.setattr(commands, "website", lambda: None)
    monkeypatch.setattr(terminal.options, "partnership", "county-durham")

    def run(*words: object) -> tuple[int, str]:
        said: Namespace = terminal.parser().parse_args([str(w) for w in words])
        monkeypatch.setattr(terminal.options, "as_json", getattr(said, "json", False))
        return said.act(said) or 0, capsys.readouterr().out

    return run


def handed_on(partnership: Any, slug: str) -> dict[str, Any]:
    at = clock.now()
    version = plan.find(partnership, slug, viewer=User.objects.get(username="manager"), at=at)
    told: dict[str, Any] = json.loads(json.dumps(plan_exchange.export(version, viewer=None, at=at)))
    return told


def text(file: dict[str, Any]) -> dict[str, Any]:
    """A plan file without whose it is, its name in addresses, its version, and the partnership's own indicators."""
    told = {k: v for k, v in file.items() if k not in ("partnership", "kpis", "figures")}
    return told | {"plan": {k: v for k, v in file["plan"].items() if k not in ("slug", "version", "sha256")}}


def manages(elsewhere: Any) -> User:
    person = User.objects.get(username="manager")
    Membership.objects.create(
        partnership=elsewhere, user=person, role="manager", person="Community safety manager", from_at=clock.parse("2019-12-02")
    )
    return person


@pytest.mark.parametrize("slug", ["2020-25", "example-refresh"])
def test_a_plan_drafted_from_its_file_is_the_same_when_it_is_handed_on(tell, elsewhere, slug):
    here = tell("2026-11-23")
    with clock.at(clock.parse("2026-11-24")):
        file = handed_on(here, slug)
        assert files.problems(file) == []
        plan_exchange.draft(partnership=elsewhere, file=file, slug="taken-in", by=manages(elsewhere))
        again = handed_on(elsewhere, "taken-in")
    assert text(again) == text(file)
    assert again["plan"]["slug"] == "taken-in" and again["partnership"]["slug"] == "elsewhere"


def test_a_plan_is_drafted_from_what_its_page_answers(tell, elsewhere):
    here = tell("2026-11-23")
    with clock.at(clock.parse("2026-11-24")):
        answered = Client().get("/county-durham/plans/example-refresh.json").json()
        plan_exchange.draft(partnership=elsewhere, file=answered, slug="from-its-page", by=manages(elsewhere))
        assert text(handed_on(elsewhere, "from-its-page")) == text(handed_on(here, "example-refresh"))


def test_a_plan_of_the_same_name_is_refused_and_nothing_is_drafted(tell):
    here = tell("2026-11-23")
    with clock.at(clock.parse("2026-11-24")):
        file, before = handed_on(here, "2020-25"), PlanVersion.objects.count()
        with pytest.raises(CsplanError, match="already a plan called 2020-25"):
            plan_exchange.draft(partnership=here, file=file, by=User.objects.get(username="manager"))
    assert PlanVersion.objects.count() == before


def test_a_plan_is_drafted_by_those_who_may(tell):
    here = tell("2026-11-23")
    with clock.at(clock.parse("2026-11-24")), pytest.raises(CsplanError, match="may not|not allow"):
        plan_exchange.draft(
            partnership=here, file=handed_on(here, "2020-25"), slug="mine", by=User.objects.get(username="auditor")
        )


def test_the_terminal_hands_on_checks_and_takes_in(tell, csplan, tmp_path: Path):
    tell("2026-11-23")
    file = tmp_path / "plan.json"
    with clock.at(clock.parse("2026-11-24")):
        assert csplan("plan", "export", "2020-25", "--version", 1, "--to", file)[0] == 0
        assert json.loads(file.read_text(encoding="utf-8"))["plan"]["version"] == 1
        assert csplan("plan", "validate", file) == (0, "plan.json is a plan of the format csplan plan 1.\n")
        with pytest.raises(CsplanError, match="Say who you are with --by"):
            csplan("plan", "import", file, "--slug", "again")
        code, out = csplan("plan", "import", file, "--slug", "again", "--by", "manager")
    assert code == 0 and out.startswith("Drafted: Safe Durham Partnership Plan 2020-25, version 1.")
    assert PlanVersion.objects.get(plan__slug="again").drafted_by.username == "manager"


def test_the_terminal_names_the_place_of_each_mistake(csplan, tmp_path: Path):
    file = tmp_path / "plan.json"
    file.write_text(
        '{"format": "csplan plan 1", "priorities": [{"ref": "1", "title": "A", "deliverables": [{"ref": "1.1.1", "title": "B", "due": "soon"}]}]}'
    )
    code, out = csplan("plan", "validate", file)
    assert code == 4
    assert "priorities, first, deliverables, first: “due” is not a day such as 2020-03-31." in out.splitlines()
    assert "“vision” is missing." in out.splitlines()
    code, out = csplan("plan", "validate", file, "--json")
    assert code == 4 and json.loads(out)["ok"] is False


def test_a_version_that_is_not_public_is_handed_on_to_those_who_may_read_it(tell, csplan, tmp_path: Path):
    tell("2026-11-23")
    with clock.at(clock.parse("2026-11-24")):
        with pytest.raises(CsplanError, match="no plan “2021-25”"):
            csplan("plan", "export", "2021-25", "--to", tmp_path / "draft.json")
        assert csplan("plan", "export", "2021-25", "--by", "manager", "--to", tmp_path / "draft.json")[0] == 0
    told = json.loads((tmp_path / "draft.json").read_text(encoding="utf-8"))
    assert told["plan"]["sha256"] is None and files.problems(told) == []
