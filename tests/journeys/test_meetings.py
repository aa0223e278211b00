"""A meeting is announced, held and recorded at the desk; what it decided stands on its public page with the fingerprint."""

import html
from typing import Any

import pytest
from django.test import Client

from csplan.cycle import clock
from csplan.records.models import AuditEvent, Group, Meeting, PlanVersion

pytestmark = pytest.mark.django_db

HOME = "/county-durham/"
DESK = f"{HOME}desk/meetings/"
ANNOUNCED = {"group": "board", "title": "Board, April", "on-day": "20", "on-month": "4", "on-year": "2020", "at": "10:00"}


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_a_meeting_is_announced_and_stands_in_public(tell, signed_in):
    tell("2020-03-31")
    with clock.at(clock.parse("2020-04-01T09:00:00")):
        manager = signed_in("manager")
        assert manager.post(DESK, ANNOUNCED).status_code == 302
        assert manager.post(DESK, ANNOUNCED | {"title": "Another that day"}).status_code == 302
        page = words(Client().get(f"{HOME}meetings/"))
        assert "Board, April" in page and "Monday 20 April 2020 at 10:00" in page
        shown = Client().get(f"{HOME}meetings/board-2020-04-20.json").json()
        assert shown["meeting"]["state"] == "announced" and shown["meeting"]["was_quorate"] is None
        assert shown["decisions"] == shown["papers"] == []
        assert Client().get(f"{HOME}meetings/board-2020-04-20-2/").status_code == 200
    assert AuditEvent.objects.filter(action="meeting.record", subject_ref="board-2020-04-20").count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("group", "nobody", "Choose the group that meets"),
        ("title", "  ", "Write a title that names the group and the day"),
        ("on-day", "31", "Write a day, a month and a year in numbers, such as 9 3 2027."),  # there is no 31 April
        ("on-year", "two", "Write a day, a month and a year in numbers, such as 9 3 2027."),
        ("at", "25:00", "Write the time by the 24-hour clock, such as 14:30."),
        ("at", "noon", "Write the time by the 24-hour clock, such as 14:30."),
        ("title", "x" * 201, "Write at most 200 characters. There are 201."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept_as_typed(tell, signed_in, field, typed, sentence):
    tell("2020-03-31")
    with clock.at(clock.parse("2020-04-01T09:00:00")):
        before = Meeting.objects.count()
        answer = signed_in("manager").post(DESK, ANNOUNCED | {field: typed})
    page, name = words(answer), field.split("-")[0]
    assert answer.status_code == 422 and page.count(sentence) == 2, "in the summary and at the field"
    assert f'href="#{name}"' in page and f'id="{name}-error"' in page and "<title>Error: " in page
    assert f'value="{typed}"' in page or field == "group"
    assert Meeting.objects.count() == before


def test_a_meeting_is_recorded_once_and_not_before_it_began(tell, signed_in):
    tell("2020-03-08")
    sent = {"was_quorate": "yes", "minute": "The board met."}
    address = f"{DESK}board-2020-03-09/"
    with clock.at(clock.parse("2020-03-08T10:00:00")):
        early = signed_in("manager").post(address, sent)
        assert early.status_code == 422 and "The meeting is on 9 March 2020 and has not begun." in words(early)
    with clock.at(clock.parse("2020-03-09T12:00:00")):
        manager = signed_in("manager")
        empty = manager.post(address, {})
        assert empty.status_code == 422
        assert all(f'id="{field}-error"' in words(empty) for field in ("was_quorate", "minute"))
        assert manager.post(address, sent).status_code == 302
        again = manager.post(address, sent | {"was_quorate": "no"})
        assert again.status_code == 422 and "already recorded. Nothing was changed." in words(again)
        assert signed_in("board").post(address, sent).status_code == 422
    assert Meeting.objects.get(ref="board-2020-03-09").was_quorate is True


@pytest.mark.parametrize(("present", "was_quorate"), [(4, False), (5, True), (6, True)])  # below, on and above the quorum of 5
def test_members_present_are_counted_against_the_quorum(tell, signed_in, present, was_quorate):
    tell("2020-03-08")
    Group.objects.filter(kind="board").update(quorum=5)
    address = f"{DESK}board-2020-03-09/"
    with clock.at(clock.parse("2020-03-09T12:00:00")):
        manager = signed_in("manager")
        assert "5 make a quorum" in words(manager.get(address))
        said = manager.post(address, {"was_quorate": "yes", "minute": "Met."})
        assert said.status_code == 422 and "Write how many members were present, as a number" in words(said)
        assert manager.post(address, {"present": str(present), "minute": "Met."}).status_code == 302
        shown = Client().get(f"{HOME}meetings/board-2020-03-09.json").json()["meeting"]
    assert (shown["present"], shown["quorum"], shown["was_quorate"]) == (present, 5, was_quorate)


def test_what_the_board_decided_stands_with_its_fingerprint(tell):
    tell("2020-03-31")
    with clock.at(clock.parse("2020-04-01T09:00:00")):
        shown = Client().get(f"{HOME}meetings/board-2020-03-09.json").json()
        page = words(Client().get(f"{HOME}meetings/board-2020-03-09/"))
        then = Client().get(f"{HOME}meetings/board-2020-03-09.json?as_at=2020-03-01").json()
    sha256 = PlanVersion.objects.get(plan__slug="2020-25", number=2).seal.sha256
    assert [(d["kind"], d["plan"], d["version"], d["sha256"]) for d in shown["decisions"]] == [
        ("agree", "2020-25", 2, sha256),
        ("lock", None, None, None),
    ]
    assert "Safe Durham Partnership Plan 2020-25, version 2 was agreed." in page and sha256 in page
    assert f'href="{HOME}plans/2020-25/versions/2/"' in page and "It had a quorum." in page
    assert then["meeting"]["state"] == "announced" and then["decisions"] == []


def test_the_committees_meeting_names_its_paper(tell):
    tell("2020-01-10")
    with clock.at(clock.parse("2020-01-10T09:00:00")):
        page = words(Client().get(f"{HOME}meetings/scrutiny-2020-01-09/"))
    assert f'href="{HOME}papers/committee-report-2020-01-09/"' in page


def test_a_meeting_that_is_not_there_is_not_found(tell, elsewhere):
    tell("2020-01-10")
    with clock.at(clock.parse("2020-01-10T09:00:00")):
        assert Client().get(f"{HOME}meetings/nothing/").status_code == 404
        assert Client().get("/elsewhere/meetings/scrutiny-2020-01-09/").status_code == 404
        assert Client().get("/elsewhere/meetings.json").json() == {"meetings": []}
