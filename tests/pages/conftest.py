"""A real browser on a real server: the demonstration, built once in a folder of its own and served on loopback."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 375, "height": 800}


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def demonstration_built_once(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """The folder of a demonstration that nobody serves: the first worker builds it, the other waits and takes the same."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.getbasetemp()
    folder, built = shared / "demonstration", shared / "demonstration-is-built"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            command = [sys.executable, "-m", "csplan", "--data", str(folder), "demo", "--no-serve"]
            subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True)
            built.touch()
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, as a newcomer's `make demo` would serve it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CSPLAN_", "DJANGO_"))}
    folder = tmp_path_factory.mktemp("served") / "demonstration"
    shutil.copytree(demonstration_built_once(tmp_path_factory, environment), folder)
    csplan = [sys.executable, "-m", "csplan", "--data", str(folder)]
    port = free_port()
    server = subprocess.Popen([*csplan, "serve", "--port", str(port)], env=environment, cwd=ROOT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_serves(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def wait_until_it_serves(address: str, server: subprocess.Popen) -> None:
    for _ in range(240):
        assert server.poll() is None, "the server stopped by itself"
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                assert json.load(answer) == {"ok": True}
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for the tests of one file: while it runs, nothing else in the process may ask the database."""
    path = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    assert path, "Chromium is not installed: make test installs it on Debian as root"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[pytest.param(WIDE, marks=pytest.mark.slow), NARROW], ids=["1280", "375"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test when anything is written to its console as an error: narrow, and by `make test-all` wide too."""
    yield from _watched(browser, request.param)


@pytest.fixture
def wide_page(browser: Browser) -> Iterator[Page]:
    """The same, wide."""
    yield from _watched(browser, WIDE)


def _watched(browser: Browser, size: ViewportSize) -> Iterator[Page]:
    context = browser.new_context(viewport=size)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: errors.append(str(e)))
    yield page
    context.close()
    assert [e for e in errors if "status of 4" not in e] == []


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser without scripts."""
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    yield context.new_page()
    context.close()
