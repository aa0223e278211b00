"""Releases are fetched from a server that is slow, cuts off, is wrong, sends a page, or sends elsewhere: whole or not at all."""

import hashlib
import io
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from csplan.errors import CsplanError
from csplan.evidence import fetch
from csplan.evidence.fetch import Address


def packed(size=300_000):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", bytes(i % 251 for i in range(size)))
    return out.getvalue()


BODY = packed()


class Publisher(BaseHTTPRequestHandler):
    """A publisher of our own. `server.how` says what it does, and `server.asked` what it was asked for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.headers.get("Range"))
        getattr(self, self.server.how)()

    def log_message(self, *_):
        """Say nothing."""

    def give(self, body, *, status=200, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in {"Content-Type": "application/zip", "ETag": '"one"', **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def well(self):
        self.give(BODY)

    def slowly(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        for i in range(0, len(BODY), 50_000):
            self.wfile.write(BODY[i : i + 50_000])
            self.wfile.flush()

    def cut_off(self):
        """A third of what is left, each time; and the rest where the tag is still the same."""
        begin = int((self.headers.get("Range") or "bytes=0-")[6:-1])
        rest = BODY[begin:]
        sent = rest if len(self.server.asked) >= 4 else rest[: len(rest) // 3]
        self.give(sent, status=206 if begin else 200, length=len(rest))
        self.close_connection = True

    def changed(self):
        """Cut off once; then another file, whole, for the tag is another."""
        if len(self.server.asked) == 1:
            self.give(BODY[:1000], length=len(BODY))
            self.close_connection = True
        else:
            self.give(packed(1000), ETag='"two"')

    def always_cut(self):
        self.give(BODY[:10], length=len(BODY), ETag="")
        self.close_connection = True

    def page(self):
        self.give(b"<html>Sorry</html>", Content_Type="text/html")

    def hidden_page(self):
        self.give(b"\n<!doctype html>Sorry", Content_Type="application/zip")

    def not_a_zip(self):
        self.give(b"month,force\n")

    def nothing(self):
        self.give(b"")

    def not_there(self):
        self.give(b"no", status=404)

    def broken_once(self):
        self.give(b"no", status=503) if len(self.server.asked) == 1 else self.give(BODY)

    def elsewhere(self):
        self.give(b"", status=302, Location="http://localhost:1/other.zip")

    def within(self):
        if self.path.endswith("moved.zip"):
            self.give(BODY)
        else:
            self.give(b"", status=302, Location="/moved.zip")

    def too_large(self):
        self.give(BODY, length=10**12)

    def endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/zip")
        self.end_headers()
        self.close_connection = True
        try:
            for _ in range(100):
                self.wfile.write(BODY)
        except OSError:
            return


@pytest.fixture
def publisher():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def get(publisher, tmp_path):
    def got(how, **about):
        publisher.how, publisher.asked = how, []
        address = Address("test", "A test", "https://example.org/page", **about)
        url = f"http://127.0.0.1:{publisher.server_port}/2025-12.zip"
        return fetch.fetch(url, tmp_path / "2025-12.zip", address=address, pause=0)

    got.to = tmp_path / "2025-12.zip"
    return got


@pytest.mark.parametrize("how", ["well", "slowly", "broken_once", "within"])
def test_a_release_is_fetched_whole(get, how):
    assert get(how) == hashlib.sha256(BODY).hexdigest() and get.to.read_bytes() == BODY
    assert [p.name for p in get.to.parent.iterdir()] == ["2025-12.zip"]


def test_what_was_cut_off_is_gone_on_with(get, publisher):
    assert get("cut_off") == hashlib.sha256(BODY).hexdigest()
    begins = [int((asked or "bytes=0-")[6:-1]) for asked in publisher.asked]
    assert begins[0] == 0 and begins == sorted(begins) and begins[1] > 50_000 and len(begins) == 4


def test_a_file_that_changed_meanwhile_is_begun_anew(get):
    get("changed")
    assert get.to.read_bytes() == packed(1000)


def test_it_goes_on_the_next_time_where_every_try_failed(get):
    with pytest.raises(CsplanError, match="in 5 tries: it was cut off"):
        get("always_cut")
    assert not get.to.exists()
    assert get("well") == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("page", "sent a web page"),
        ("hidden_page", "sent a web page in place of a zip file"),
        ("not_a_zip", "sent something else in place of a zip file"),
        ("nothing", "sent nothing"),
        ("not_there", "has no file at"),
        ("elsewhere", "is not its own host"),
        ("too_large", "far larger than the release"),
    ],
)
def test_what_is_not_the_release_is_refused_in_one_sentence_and_nothing_stays(get, how, said):
    with pytest.raises(CsplanError, match=said):
        get(how)
    assert not get.to.exists()


def test_what_never_ends_is_not_taken(get):
    with pytest.raises(CsplanError, match="far more than the release holds"):
        get("endless", most=1_000_000)
    assert not get.to.exists()


def test_a_server_that_is_silent_is_given_up(get, publisher, monkeypatch):
    monkeypatch.setattr(fetch, "SILENCE", 0.2)
    monkeypatch.setattr(fetch, "TRIES", 2)
    done = threading.Event()
    monkeypatch.setattr(Publisher, "silent", lambda self: done.wait(5), raising=False)
    with pytest.raises(CsplanError, match="in 2 tries: it was silent too long"):
        get("silent")
    done.set()


def test_addresses_say_what_is_lacking():
    street = fetch.find("police.uk/street")
    assert fetch.url_of(street, "2025-12") == "https://data.police.uk/data/archive/2025-12.zip"
    with pytest.raises(CsplanError, match="Say of which month"):
        fetch.url_of(street, None)
    with pytest.raises(CsplanError):
        fetch.url_of(street, "2025-13")
    with pytest.raises(CsplanError, match="changes with each issue"):
        fetch.url_of(fetch.find("mhclg/imd"), None)
    with pytest.raises(CsplanError, match="Write one of: police.uk/street"):
        fetch.find("nothing")
    assert all(a.url.startswith("https://") or not a.url for a in fetch.ADDRESSES) and all(
        a.page.startswith("https://") for a in fetch.ADDRESSES
    )
