"""Methods of the statistics on a table of one's own."""

from argparse import Namespace
from pathlib import Path

from csplan.errors import CsplanError
from csplan.terminal import command, options, takes


@command(
    "calculate",
    takes("method", nargs="?", help="such as rates.crude_rate; without it, every method is listed"),
    takes("file", nargs="?", type=Path, help="a CSV, XLSX or ODS file whose headings are the method's arguments"),
    takes("--set", action="append", default=[], metavar="NAME=VALUE", help="an argument that is one value for the whole table"),
)
def calculate(said: Namespace) -> int:
    """A method of csplan's statistics on a table of your own, for instance `csplan calculate rates.crude_rate ages.csv --set per=100000`."""
    from csplan.evidence import calculation
    from csplan.evidence.incoming import file

    if not said.method:
        found = calculation.methods()
        rows = [{"method": m.name, "about": m.about, "takes": list(m.takes), "source": m.source} for m in found]
        options.answer({"methods": rows}, "\n".join(f"{m.name:<44}{m.about}\n{'':<44}{', '.join(m.takes)}" for m in found))
        return 0
    asked = calculation.method(said.method)
    by_hand = dict(_pair(text) for text in said.set)
    tables = file.read_path(said.file).tables if said.file else ()
    if said.file and len(tables) != 1:
        raise CsplanError(
            f"{said.file.name} holds {len(tables) or 'no'} tables: give a file with just one, its headings in the first row."
        )
    done = calculation.calculate(asked, tables[0] if tables else None, by_hand)
    options.answer(done.as_json(), done.as_text())
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise CsplanError(f"--set {text} has no value: write it as --set per=1000.")
    return name.strip().replace("-", "_"), value.strip()
