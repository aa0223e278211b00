"""The writing desk as a browser meets it."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from csplan.records import plan_rows
from csplan.records.models import PlanVersion

DRAFT = "/county-durham/desk/plans/2021-25/1/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


class Desk:
    """Officers at the desk of the worked example, in which the plan “2021-25” is a draft."""

    def __init__(self, person: Callable[[str], User]) -> None:
        self.person = person

    def at(self, name: str) -> Client:
        """A browser in which someone is signed in."""
        client = Client()
        self.sign_in(client, name)
        return client

    def sign_in(self, client: Client, name: str) -> None:
        client.force_login(self.person(name), backend=BACKEND)

    def draft(self) -> PlanVersion:
        return PlanVersion.objects.get(plan__slug="2021-25", number=1)

    def clause(self, address: str) -> dict[str, Any] | None:
        """What a clause of the draft says."""
        return plan_rows.clause(self.draft(), address)

    def edit(self, address: str, at: str = DRAFT) -> str:
        return f"{at}edit/?clause={address}"

    def read(self, client: Client, address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status, (address, answer.status_code)
        return html.unescape(answer.content.decode())

    def opened(self, client: Client, address: str, at: str = DRAFT) -> dict[str, str]:
        """Every field of a form as it stands when it is opened, as a browser would send it."""
        return self.fields_of(client.get(self.edit(address, at)).content.decode())

    def post(self, client: Client, address: str, fields: dict[str, Any], status: int = 200, at: str = DRAFT) -> str:
        """Send a form, to be saved unless it says otherwise, and read the page that comes."""
        answer = client.post(self.edit(address, at), {"do": "save", **fields}, follow=True)
        assert answer.status_code == status, (answer.status_code, answer.content.decode()[:3000])
        return html.unescape(answer.content.decode())

    def fields_of(self, page: str, form: int = -1) -> dict[str, str]:
        """The fields of a form in the main part of a page; of the last one unless another is named."""
        words = re.findall(r"<form.*?</form>", page[page.index("<main") : page.index("</main>")], re.S)[form]
        found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="text"[^>]*value="([^"]*)"', words))
        found |= dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', words))
        found |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', words, re.S))
        found |= dict(re.findall(r'<input[^>]*name="([^"]+)" type="radio" value="([^"]+)" checked', words))
        for name, options in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', words, re.S):
            chosen = re.search(r'value="([^"]*)" selected', options)
            found[name] = chosen[1] if chosen else ""
        return {n: html.unescape(v) for n, v in found.items() if n != "csrfmiddlewaretoken"}


@pytest.fixture
def desk(demonstration: Client, person: Callable[[str], User]) -> Desk:
    """The desk of the worked example."""
    return Desk(person)
