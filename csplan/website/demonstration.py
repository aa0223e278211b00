"""The worked example: County Durham's figures carried with the program, and the story of its plan, replayed."""

from collections.abc import Callable
from pathlib import Path

SLUG = "county-durham"
KEEPER = "terminal:demonstration"


def build(data: Path, *, as_at: str | None, say: Callable[[str], None]) -> None:
    """Build the folder up to the clock's instant and no further. What is there already is kept."""
    from csplan.website import start

    data.mkdir(parents=True, exist_ok=True)
    start(data, as_at=as_at, partnership=SLUG)
    from django.core.management import call_command

    from csplan.cycle import clock
    from csplan.evidence import build as evidence_build
    from csplan.evidence import load, places
    from csplan.evidence.store import Store
    from csplan.records import story

    call_command("migrate", verbosity=0, interactive=False)
    store = Store(data)
    folder = places.partnership_folder(SLUG)
    if load.carry(store, folder / "figures", by=KEEPER):
        say("County Durham’s figures are in")
        evidence_build.build(store)
    if story.tell(folder, store=store, data=data, until=clock.now()):
        say("The story of the plan is told")
