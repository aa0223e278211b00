"""Serve the site from one machine: gunicorn with a few threads, bound to this computer alone.

A folder without records is made ready first; where no partnership is in it, the site offers to set one up, to whoever has
the code that the terminal prints.
"""

import os
from collections.abc import Callable
from pathlib import Path

from csplan.errors import CsplanError
from csplan.evidence.incoming import keeping


def serve(data: Path, *, port: int, as_at: str | None, partnership: str | None, say: Callable[[str], None]) -> None:
    """Serve until stopped. The workers are forked after the clock has started, so that they share it."""
    _check_is_free(port)
    ready(data, as_at=as_at, partnership=partnership)
    keeping.sweep(data)
    from csplan.website.wsgi import application

    address = f"http://127.0.0.1:{port}"
    offer_set_up(data, partnership, address, say)
    say(f"Serving at {address} (stop with Control-C)")
    _gunicorn(application, port)


def ready(data: Path, *, as_at: str | None, partnership: str | None) -> None:
    """Start the website over a folder, and bring its records to the shape that this version knows."""
    from csplan.website import start

    os.environ.setdefault("CSPLAN_PAGE_SECONDS", "1")
    try:
        start(data, as_at=as_at, partnership=partnership)
    except OSError as e:
        raise CsplanError(f"{data} cannot be written: {e.strerror}. Name another folder with --data.") from e
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def offer_set_up(data: Path, partnership: str | None, address: str, say: Callable[[str], None]) -> None:
    """Found the partnership that was named and only described so far; where there is none at all, print the code of set-up."""
    from django.db import connections

    from csplan.records.models import Partnership
    from csplan.website import set_up_code, setting_up

    if partnership and not Partnership.objects.filter(slug=partnership).exists() and partnership in setting_up.waiting_folders():
        founded = setting_up.found_folder(partnership)
        say(f"{founded.name} is set up from its folder. Invite its manager: csplan --partnership {partnership} invite manager")
    if not Partnership.objects.exists():
        say(f"No partnership is here yet. Set one up at {address}/setup/ with the code {set_up_code.make(data)}")
    connections.close_all()  # the workers are forked, and none may share a connection


def _check_is_free(port: int) -> None:
    """Refuse a port that there is not, or that something else is using, before any worker starts."""
    import socket

    if not 1 <= port <= 65535:
        raise CsplanError(f"There is no port {port}. Choose one from 1 to 65535, such as 8000.")

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as e:
            raise CsplanError(f"Port {port} is in use. Stop what is using it, or choose another: --port {port + 1}.") from e


def _with_outbox(_worker: object) -> None:
    """In each worker once it is forked (a thread that is running at a fork can leave a lock behind); one of them at a time sends."""
    import threading

    from csplan.records import outbox
    from csplan.website import data_folder

    threading.Thread(target=outbox.run_alone, args=(data_folder(),), name="outbox", daemon=True).start()


def _gunicorn(application: Callable[..., object], port: int) -> None:
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            settings = {
                "bind": f"127.0.0.1:{port}",
                "workers": int(os.environ.get("CSPLAN_WORKERS", "2")),
                "threads": 4,
                "preload_app": True,
                "loglevel": "warning",
                "accesslog": None,  # no line ties a person's address to what they answered
                "timeout": 60,
                "post_worker_init": _with_outbox,
                "control_socket_disable": True,  # it would write outside the data folder
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Callable[..., object]:
            return application

    Server().run()
