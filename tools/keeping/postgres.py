"""A PostgreSQL server of one’s own for a while, where the machine has its programs: in a folder that goes with it, on this machine alone."""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from keeping.residents import free_port

#: Where Debian keeps the server’s programs, which are not on the PATH.
PLACES = "/usr/lib/postgresql/*/bin"


def programs() -> Path | None:
    """The folder of initdb, pg_ctl and postgres; None where they are not here."""
    found = shutil.which("initdb")
    folders = [str(Path(found).parent)] if found else sorted(glob.glob(PLACES), reverse=True)
    return next((Path(f) for f in folders if all((Path(f) / p).exists() for p in ("initdb", "pg_ctl", "postgres"))), None)


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database, such as DATABASE_URL takes it."""
    at = programs()
    if at is None:
        raise RuntimeError("PostgreSQL is not on this machine")
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        home = Path(folder) / "server"
        home.mkdir()
        if os.geteuid() == 0:
            os.chown(home, *_nobody())
        _run(at / "initdb", "-D", home / "data", "-U", "csplan", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-p {port} -k {home} -c listen_addresses=127.0.0.1"
        _run(at / "pg_ctl", "-D", home / "data", "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield f"postgresql://csplan@127.0.0.1:{port}/postgres"
        finally:
            _run(at / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")


def _nobody() -> tuple[int, int]:
    found = pwd.getpwnam("nobody")
    return found.pw_uid, found.pw_gid


def _run(*command: object) -> None:
    """Run as nobody where we are root: the server refuses to be root’s."""
    how = {"user": _nobody()[0], "group": _nobody()[1], "extra_groups": []} if os.geteuid() == 0 else {}
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, cwd="/", **how)  # type: ignore[call-overload]
