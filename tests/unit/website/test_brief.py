"""A page that many ask for is made once a moment; what was made for one person is made again for the next."""

import time

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from csplan.website.brief import MOST, Brief, for_all, renew


@pytest.fixture
def ask(settings):
    """Asks through the middleware; each page says how often it was made."""
    settings.PAGE_SECONDS = 30.0
    made = {"n": 0, "dress": lambda response: response}

    def make(_request):
        made["n"] += 1
        return made["dress"](HttpResponse(f"made {made['n']}"))

    middleware = Brief(make)

    def asked(path="/p/", method="get", **headers):
        request = getattr(RequestFactory(), method)(path, **headers)
        return middleware(request)

    asked.made, asked.middleware = made, middleware
    return asked


def test_the_second_visitor_has_the_page_of_the_first(ask):
    assert [ask().content for _ in range(3)] == [b"made 1"] * 3
    assert ask("/q/").content == b"made 2"
    assert ask("/p/", QUERY_STRING="as_at=2020-01-09").content == b"made 3"


def test_headers_stand_as_they_were(ask):
    ask.made["dress"] = lambda r: HttpResponse(r.content, headers={"Content-Security-Policy": "default-src 'none'"})
    ask()
    assert ask().headers["Content-Security-Policy"] == "default-src 'none'"


def test_a_visitor_with_a_cookie_has_a_page_made_for_them(ask):
    ask()
    assert ask(HTTP_COOKIE="sessionid=x").content == b"made 2"
    assert ask().content == b"made 1"


@pytest.mark.parametrize(
    "dress",
    [
        lambda r: r.set_cookie("sessionid", "x") or r,
        lambda r: HttpResponse(r.content, headers={"Cache-Control": "private, no-cache"}),
        lambda r: HttpResponse(r.content, headers={"Cache-Control": "no-store"}),
        lambda r: HttpResponse(r.content, status=404),
        lambda r: StreamingHttpResponse(iter([r.content])),
        lambda r: HttpResponse(b"x" * 500_001),
    ],
    ids=["sets a cookie", "private", "no-store", "not found", "streamed", "long"],
)
def test_what_is_for_one_or_is_no_plain_page_is_not_kept(ask, dress):
    ask.made["dress"] = dress
    ask()
    ask()
    assert ask.made["n"] == 2


def test_a_form_is_always_taken(ask):
    ask(method="post")
    ask(method="post")
    assert ask.made["n"] == 2


def test_after_its_moment_it_is_made_again(ask, settings):
    settings.PAGE_SECONDS = 0.01
    ask()
    time.sleep(0.02)
    assert ask().content == b"made 2"


def test_without_a_moment_nothing_is_kept(ask, settings):
    settings.PAGE_SECONDS = 0
    assert [ask().content for _ in range(2)] == [b"made 1", b"made 2"]


def test_the_oldest_goes_where_there_are_many(ask):
    for n in range(MOST + 5):
        ask(f"/{n}/")
    assert len(ask.middleware.kept) == MOST


def test_a_form_is_kept_and_each_visitor_gets_a_key_of_their_own(settings):
    settings.PAGE_SECONDS = 30.0
    keys, made = iter(f"key-{n}-of-a-form" for n in range(9)), []

    def page(_request):
        made.append(next(keys))
        response = HttpResponse(f"<input value={made[-1]}><b>{made[-1]}</b>", headers={"Cache-Control": "private, no-cache"})
        return renew(response, {made[-1]: lambda: next(keys)})

    middleware = Brief(page)
    seen = [middleware(RequestFactory().get("/form/")).content.decode() for _ in range(4)]
    assert len(made) == 1 and len(set(seen)) == 4
    assert seen[2] == "<input value=key-2-of-a-form><b>key-2-of-a-form</b>"
    assert middleware(RequestFactory().get("/form/"))["Cache-Control"] == "private, no-cache"


def test_what_is_the_same_for_all_is_looked_up_once_in_a_moment_and_anew_for_whoever_has_a_cookie(settings):
    settings.PAGE_SECONDS = 0.05
    asked = []

    def look_up():
        asked.append(1)
        return len(asked)

    anyone, someone = RequestFactory().get("/"), RequestFactory().get("/", HTTP_COOKIE="sessionid=x")
    assert [for_all(anyone, "test-all", look_up) for _ in range(3)] == [1, 1, 1]
    assert [for_all(someone, "test-all", look_up) for _ in range(2)] == [2, 3]
    time.sleep(0.06)
    assert for_all(anyone, "test-all", look_up) == 4
    settings.PAGE_SECONDS = 0
    assert [for_all(anyone, "test-all", look_up) for _ in range(2)] == [5, 6]
