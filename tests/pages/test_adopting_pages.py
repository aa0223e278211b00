"""Adopting an indicator in a real browser: accessible at both widths with something to mend, looked at first, and done without scripts."""

from pathlib import Path

from playwright.sync_api import Page, expect

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = "/county-durham/desk/"
#: label -> what is typed or chosen
LINES = {
    "Name": "Alley gates mended in time",
    "What exactly is counted?": "Gates mended within ten working days, out of all that were reported broken.",
    "Unit": "% of gates",
    "Per how many?": "100",
    "Source": "Community safety team, quarterly return",
    "Target": "90",
    "Day": "31",
    "Month": "3",
    "Year": "2030",
}
CHOICES = {"Priority": "1", "Office that answers for it": "chair-1", "How often?": "quarterly", "Body that returns it": "council"}


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


def fill(page: Page) -> None:
    for label, typed in LINES.items():
        page.get_by_label(label, exact=True).fill(typed)
    for label, chosen in CHOICES.items():
        page.get_by_label(label, exact=True).select_option(chosen)
    page.locator("input[name=kind][value=output]").check()
    page.locator("input[name=polarity][value=higher_better]").check()


def test_the_list_and_the_form_are_accessible_and_each_link_of_the_summary_leads_to_a_field(site: str, page: Page) -> None:
    sign_in(page, site, "performance")
    page.goto(f"{site}{DESK}indicators/", wait_until="load")
    assert violations(page) == [] and sideways(page) == 0
    page.get_by_role("link", name="Adopt an indicator").first.click()
    page.wait_for_url("**/indicators/new/")
    assert violations(page) == [] and sideways(page) == 0
    with page.expect_navigation():
        page.get_by_role("button", name="Adopt it").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    targets = [link.get_attribute("href") for link in summary.locator("a").all()]
    assert len(targets) >= 10 and all(page.locator(f"[id='{target[1:]}']").count() == 1 for target in targets if target)
    assert violations(page) == [] and sideways(page) == 0


def test_what_the_rules_find_is_accessible_and_nothing_is_saved(site: str, page: Page) -> None:
    sign_in(page, site, "performance")
    page.goto(f"{site}{DESK}indicators/new/", wait_until="load")
    fill(page)
    with page.expect_navigation():
        page.get_by_role("button", name="See it first").click()
    expect(page.get_by_role("heading", name="What the rules find in it")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Alley gates mended in time")
    assert violations(page) == [] and sideways(page) == 0
    page.goto(f"{site}{DESK}indicators/", wait_until="load")
    assert page.get_by_text("Alley gates mended in time").count() == 0


def test_an_indicator_is_adopted_without_scripts(site: str, plain_page: Page) -> None:
    sign_in(plain_page, site, "performance")
    plain_page.goto(f"{site}{DESK}indicators/new/")
    fill(plain_page)
    plain_page.get_by_label("Name", exact=True).fill("Gates mended, without scripts")
    plain_page.get_by_role("button", name="Adopt it").click()
    expect(plain_page.get_by_role("status")).to_contain_text("Gates mended, without scripts. It is public now.")
    plain_page.goto(f"{site}/county-durham/performance/")
    expect(plain_page.get_by_text("Gates mended, without scripts").first).to_be_visible()
