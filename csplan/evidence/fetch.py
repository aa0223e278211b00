"""Official releases, downloaded: resumed where they were cut off, checked, and never from another host than the publisher's.

What is known of each address stands in `ADDRESSES`. A release whose file has an address that changes with every issue is not fetched:
its page is named, from which a person downloads it.
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from csplan.cycle.periods import check_month
from csplan.errors import CsplanError
from csplan.evidence.store import fingerprint_of

CHUNK = 256 * 1024
TRIES, PAUSE = 5, 1.0
#: Seconds without a byte after which a try ends; the next one goes on where it stopped.
SILENCE = 60.0
BEGINS = {"zip": (b"PK\x03\x04", b"PK\x05\x06"), "gz": (b"\x1f\x8b",), "csv": (), "geojson": (b"{",)}

#: Called with (bytes so far, bytes in all or 0).
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Address:
    """Where a release is. by_month : whether {month} stands in it;  ending : what kind of file;  most : bytes, more of which is no release

    url is empty where the address changes with each issue; page is where a person finds it.
    """

    source: str
    title: str
    page: str
    url: str = ""
    by_month: bool = False
    ending: str = "zip"
    most: int = 4 * 1024**3


ADDRESSES = (
    Address(
        "police.uk/street",
        "Street-level crime, outcomes and stop and search of every force: the archive of a month, which holds three years",
        "https://data.police.uk/data/archive/",
        "https://data.police.uk/data/archive/{month}.zip",
        by_month=True,
    ),
    Address(
        "ons/boundaries",
        "Outlines and look-ups of areas",
        "https://geoportal.statistics.gov.uk/",
        ending="geojson",
    ),
    Address(
        "ons/population",
        "Population estimates of small areas",
        "https://www.ons.gov.uk/peoplepopulationandcommunity/",
        ending="csv",
    ),
    Address("ons/census", "Census tables", "https://www.nomisweb.co.uk/sources/census_2021", ending="csv"),
    Address(
        "mhclg/imd",
        "Indices of deprivation",
        "https://www.gov.uk/government/collections/english-indices-of-deprivation",
        ending="csv",
    ),
    Address(
        "home-office/recorded-crime",
        "Police recorded crime by force and by community safety partnership",
        "https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables",
        ending="csv",
    ),
    Address(
        "home-office/fires-by-service",
        "Fires attended by fire and rescue services",
        "https://www.gov.uk/government/statistical-data-sets/fire-statistics-data-tables",
        ending="csv",
    ),
    Address("defra/fly-tipping", "Fly-tipping", "https://www.gov.uk/government/statistics/fly-tipping-in-england", ending="csv"),
    Address(
        "moj/proven-reoffending",
        "Proven reoffending",
        "https://www.gov.uk/government/collections/proven-reoffending-statistics",
        ending="csv",
    ),
    Address("ohid/fingertips", "Indicators of public health", "https://fingertips.phe.org.uk/", ending="csv"),
    Address("ohid/substance-misuse-treatment", "Treatment for drugs and alcohol", "https://www.ndtms.net/", ending="csv"),
)


def find(source: str) -> Address:
    """The address of a source. Raises CsplanError with those there are."""
    found = next((a for a in ADDRESSES if a.source == source), None)
    if found is None:
        raise CsplanError(f"Nothing is known of where “{source}” is. Write one of: {', '.join(a.source for a in ADDRESSES)}.")
    return found


def url_of(address: Address, month: str | None) -> str:
    """The whole address. Raises CsplanError where it has none, or a month is wanted and none was said."""
    if not address.url:
        raise CsplanError(
            f"The address of {address.title[0].lower()}{address.title[1:]} changes with each issue. "
            f"Download the file from {address.page} and give it to `csplan evidence load`."
        )
    if not address.by_month:
        return address.url
    if month is None:
        raise CsplanError("Say of which month with --month, as in --month 2025-12.")
    check_month(month)
    return address.url.format(month=month)


def fetch(url: str, to: Path, *, address: Address, progress: Progress | None = None, pause: float = PAUSE) -> str:
    """Download a file to `to`, going on where an earlier try stopped; gives its fingerprint.

    Raises CsplanError with one sentence for what is no such file, comes from another host, is cut off again and again, or too large.
    What came of it so far stays beside it and is gone on with the next time.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    part, told = to.with_name(f"{to.name}.part"), to.with_name(f"{to.name}.part.json")
    shown = urlsplit(url).netloc
    why = ""
    for n in range(TRIES):
        if n:
            time.sleep(pause * 2 ** (n - 1))
        try:
            if _try(url, part, told, address, progress):
                break
            why = "it was cut off"
        except (TimeoutError, urllib.error.URLError, HTTPException, ConnectionError) as e:
            why = _why(e)
    else:
        raise CsplanError(
            f"{shown} did not give the whole file in {TRIES} tries: {why}. Try again later; what came so far is kept and gone on with."
        )
    _check_kind(part, told, address, shown)
    part.replace(to)
    told.unlink(missing_ok=True)
    return fingerprint_of(to)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect on the publisher's own host and no other, and never from https to http."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if after.netloc != before.netloc or after.scheme != before.scheme:
            raise CsplanError(
                f"{before.netloc} sends on to {after.netloc or 'nowhere'}, which is not its own host, so nothing was taken. "
                "Download the file in a browser and give it to `csplan evidence load`."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _try(url: str, part: Path, told: Path, address: Address, progress: Progress | None) -> bool:
    """One try. Gives whether the whole file is there now."""
    known = _known(told)
    have = part.stat().st_size if part.exists() and known.get("tag") else 0
    headers = {"User-Agent": "csplan", "Accept-Encoding": "identity"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": known["tag"]}
    request = urllib.request.Request(url, headers=headers)
    opener = urllib.request.build_opener(_SameHost)
    try:
        answer = opener.open(request, timeout=SILENCE)
    except urllib.error.HTTPError as e:
        if e.code == 416 and have:  # nothing is left to send: begin anew, for the file may have changed
            part.unlink()
            return False
        if e.code < 500 and e.code != 429:
            raise CsplanError(
                f"{urlsplit(url).netloc} has no file at {url} ({e.code}). Check the month, or look at {address.page}."
            ) from e
        raise
    with answer:
        _check_answer(answer, address, url)
        is_rest = answer.status == 206
        total = (have if is_rest else 0) + int(answer.headers.get("Content-Length") or 0)
        tag = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        told.write_text(json.dumps({"tag": tag, "type": answer.headers.get_content_type()}))
        with part.open("ab" if is_rest else "wb") as out:
            got = have if is_rest else 0
            while chunk := answer.read(CHUNK):
                got += len(chunk)
                if got > address.most:
                    raise CsplanError(f"{urlsplit(url).netloc} sends far more than the release holds, so it was not taken.")
                out.write(chunk)
                if progress is not None:
                    progress(got, total)
    return not total or got == total


def _known(told: Path) -> dict[str, Any]:
    try:
        known = json.loads(told.read_text())
        return known if isinstance(known, dict) else {}
    except (OSError, ValueError):
        return {}


def _check_answer(answer: Any, address: Address, url: str) -> None:
    if answer.headers.get_content_type() == "text/html":
        raise CsplanError(
            f"{urlsplit(url).netloc} sent a web page in place of the file, so nothing was taken. Look at {address.page} in a browser."
        )
    if int(answer.headers.get("Content-Length") or 0) > address.most:
        raise CsplanError(f"{urlsplit(url).netloc} offers a file that is far larger than the release, so it was not taken.")


def _check_kind(part: Path, told: Path, address: Address, shown: str) -> None:
    """Refuse what is not the kind of file that the release is, by its first bytes; it is thrown away."""
    with part.open("rb") as file:
        start = file.read(512)
    wanted = BEGINS[address.ending]
    is_page = start.lstrip()[:1] == b"<"
    if start and not is_page and (not wanted or start.startswith(wanted)):
        return
    part.unlink()
    told.unlink(missing_ok=True)
    what = "nothing" if not start else "a web page" if is_page else "something else"
    raise CsplanError(f"{shown} sent {what} in place of a {address.ending} file, so nothing was taken. Try again later.")


def _why(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "it was silent too long"
    if isinstance(error, urllib.error.HTTPError):
        return f"it answered {error.code}"
    return f"the connection failed ({reason})" if str(reason) else "the connection failed"
