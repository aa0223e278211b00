"""Answering in a real browser: question by question with the keyboard alone, on the draft by marking words, and by a private link."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.pages.test_pages import P, open_consultation, sideways, violations


def begin(site: str, page: Page, way: str) -> None:
    page.goto(f"{open_consultation(site, page)}{way}", wait_until="load")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Go to a button by keyboard and press it."""
    button = page.get_by_role("button", name=name).first
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def to_the_answers(page: Page) -> None:
    """Go on through every question, answering the first that offers something to choose and those that are needed."""
    while page.get_by_role("button", name="Continue").count():
        field = page.locator("main input[type=radio], main input[type=checkbox]")
        if field.count():
            field.first.focus()
            page.keyboard.press("Space")
        press(page, "Continue")


def test_one_question_a_page_by_keyboard_and_back_to_change_one(site: str, page: Page) -> None:
    begin(site, page, "steps/")
    expect(page.locator("h1")).to_contain_text("Question 1 of")
    assert violations(page) == []
    to_the_answers(page)
    expect(page.locator("h1")).to_contain_text("Check your answers")
    assert violations(page) == [] and sideways(page) <= 0
    press(page, re.compile("^Change"))
    press(page, "Continue")
    expect(page.locator("h1")).to_contain_text("Check your answers")
    press(page, "Send your answer")
    expect(page.locator("h1")).to_contain_text("Your answer is in")


def test_marked_words_of_the_draft_are_commented_on(site: str, page: Page) -> None:
    begin(site, page, "draft/")
    assert violations(page) == [] and sideways(page) <= 0
    words = page.locator(".csp-part__words p").first
    words.scroll_into_view_if_needed()
    words.click(click_count=3)
    page.get_by_role("button", name="Comment on these words").click()
    page.keyboard.type("Say by when.")
    chosen = page.locator("details[open] select").first.input_value()
    assert chosen and chosen in " ".join(words.inner_text().split())
    press(page, "Go on with my answer")
    expect(page.locator("blockquote").first).to_have_text(chosen)
    expect(page.locator(".csp-passage textarea")).to_have_value("Say by when.")
    assert violations(page) == [] and sideways(page) <= 0


@pytest.mark.parametrize("way", ["", "steps/"])
def test_a_private_link_opens_what_was_written_without_scripts(site: str, plain_page: Page, way: str) -> None:
    begin(site, plain_page, way)
    plain_page.locator("main input[type=radio]").nth(1).check()
    plain_page.get_by_role("button", name="Keep what I have written").click()
    expect(plain_page.locator("h1")).to_contain_text("Your words are kept")
    link = plain_page.locator(".csp-private a").get_attribute("href")
    assert link and link.startswith(f"{site}{P}")
    chosen = plain_page.locator(".csp-words dd").first.inner_text()
    plain_page.goto(link, wait_until="load")
    assert plain_page.locator("input:checked").count() == 1 or chosen in plain_page.locator(".csp-answers").inner_text()


def test_a_comment_on_the_draft_without_scripts(site: str, plain_page: Page) -> None:
    begin(site, plain_page, "draft/")
    plain_page.locator("details summary").first.click()
    plain_page.locator("details textarea").first.fill("Too vague.")
    plain_page.get_by_role("button", name="Put it with my answer").first.click()
    plain_page.locator("main input[type=radio]").first.check()
    for name in ("Send your answer",):
        plain_page.get_by_role("button", name=name).click()
    expect(plain_page.locator(".csp-words")).to_contain_text("Too vague.")
