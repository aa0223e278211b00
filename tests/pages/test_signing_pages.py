"""Meetings, signing and deciding in a real browser: accessible at both widths with something to mend, and done without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HOME = "/county-durham/"
PUBLIC = ("meetings/", "meetings/board-2020-03-09/", "equality/2020-25--2/", "scrutiny/")
#: address at the desk -> who opens it, and the button that is pressed with nothing typed
FORMS = {
    "meetings/": ("manager", "Announce it"),
    "plans/2020-25/review/": ("manager", "Complete the review"),
    "scrutiny/": ("manager", "Put it on the agenda"),
    "plans/2021-25/1/readers/": ("manager", "Name the reader"),
    "plans/2020-25/2/vary/": ("board", "Record the variation"),
    "plans/2020-25/2/authorities/": ("board", "Record it"),
    "deliverables/": ("lead", "Report it"),
}


def violations(page: Page) -> list[str]:
    """What axe-core finds, one line for each node."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in found["violations"] for n in v["nodes"]]


def sideways(page: Page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")


def sign_in(page: Page, site: str, username: str) -> None:
    page.goto(f"{site}/accounts/login/", wait_until="load")
    page.locator(f"form:has(input[name=username][value={username}]) button").click()
    page.wait_for_url("**/desk/")


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_accessible_and_does_not_scroll_sideways(site: str, page: Page, name: str) -> None:
    page.goto(f"{site}{HOME}{name}", wait_until="load")
    assert violations(page) == [] and sideways(page) == 0


@pytest.mark.parametrize("name", FORMS)
def test_form_with_something_to_mend_is_accessible_and_each_link_of_its_summary_leads_to_a_field(
    site: str, page: Page, name: str
) -> None:
    who, button = FORMS[name]
    sign_in(page, site, who)
    page.goto(f"{site}{HOME}desk/{name}", wait_until="load")
    assert violations(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    targets = [link.get_attribute("href") for link in summary.locator("a").all()]
    assert targets and all(page.locator(f"[id='{target[1:]}']").count() == 1 for target in targets if target)
    assert violations(page) == [] and sideways(page) == 0


def test_agreement_page_is_accessible_and_names_what_is_shut(site: str, page: Page) -> None:
    sign_in(page, site, "board")
    page.goto(f"{site}{HOME}desk/plans/example-refresh/1/agree/", wait_until="load")
    assert (
        page.get_by_text("Waits", exact=True).count() >= 3
    )  # the consultation is open, and nothing is considered or assessed yet
    assert violations(page) == [] and sideways(page) == 0


def test_a_meeting_is_announced_without_scripts(site: str, plain_page: Page) -> None:
    sign_in(plain_page, site, "manager")
    plain_page.goto(f"{site}{HOME}desk/meetings/")
    plain_page.get_by_label("Group").select_option("sub-group-1")
    plain_page.get_by_label("Title").fill("Sub-group, without scripts")
    for part, typed in (("Day", "3"), ("Month", "3"), ("Year", "2031")):
        plain_page.get_by_label(part, exact=True).fill(typed)
    plain_page.get_by_role("button", name="Announce it").click()
    expect(plain_page.get_by_role("status")).to_have_text("Announced: Sub-group, without scripts.")
    plain_page.goto(f"{site}{HOME}meetings/sub-group-1-2031-03-03/")
    expect(plain_page.get_by_text("Monday 3 March 2031 at 10:00")).to_be_visible()
