"""Two entrances: the public, and the partnership's desk."""

import os
from pathlib import Path

#: The file of the records, in the data folder.
RECORDS = "records.sqlite3"


def start(data: Path | str, *, as_at: str | None = None, partnership: str | None = None, debug: bool = False) -> None:
    """Set up Django over one data folder, so that records can be read and pages answered in this process.

    as_at : a day or an instant for the partnership's clock; the machine's own time where it is None
    partnership : the slug of the one partnership to serve at `/`; where it is None, the only one or a list
    Raises CsplanError, before anything is served, when a setting would make the site unsafe.
    """
    import django

    from csplan.cycle import clock

    folder = Path(data).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "csplan.website.settings"
    os.environ["CSPLAN_DATA"] = str(folder)
    for name, value in (("CSPLAN_AS_AT", as_at), ("CSPLAN_PARTNERSHIP", partnership), ("CSPLAN_DEBUG", "1" if debug else None)):
        if value:
            os.environ[name] = value
    clock.start(as_at)
    django.setup()


def data_folder() -> Path:
    """The folder that holds everything of this installation: records, evidence, the demonstration's accounts."""
    return Path(os.environ.get("CSPLAN_DATA", "var")).resolve()
