"""Serve the site from one machine: gunicorn with a few threads, bound to this computer alone."""

import os
from collections.abc import Callable
from pathlib import Path

from csplan.errors import CsplanError


def serve(data: Path, *, port: int, as_at: str | None, partnership: str | None, say: Callable[[str], None]) -> None:
    """Serve until stopped. The workers are forked after the clock has started, so that they share it."""
    from csplan.website import RECORDS, start

    if not (data / RECORDS).is_file():
        raise CsplanError(f"There are no records in {data} yet. Run csplan demo, or give the folder with --data.")
    start(data, as_at=as_at, partnership=partnership)
    _check_is_free(port)
    from csplan.website.wsgi import application

    say(f"Serving at http://127.0.0.1:{port} (stop with Control-C)")
    _gunicorn(application, port)


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
                "control_socket_disable": True,  # it would write outside the data folder
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Callable[..., object]:
            return application

    Server().run()
