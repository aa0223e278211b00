"""Harm by one's own weights."""

from argparse import Namespace
from pathlib import Path

from csplan.commands.common import store
from csplan.commands.evidence import AREA
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes


@command(
    "evidence harm",
    AREA,
    takes("--period", required=True, help="a period such as 2025 or 2024/25 Q1"),
    takes("--weights", required=True, type=Path, metavar="FILE", help="a table: Type, Low, Middle, High, Unit, Version, Source"),
)
def evidence_harm(said: Namespace) -> int:
    """How much harm the recorded events of an area add up to, by weights of your own. Exit code 1 when months are not held."""
    from csplan.evidence import weighing
    from csplan.evidence.incoming import file

    tables = file.read_path(said.weights).tables
    if len(tables) != 1:
        raise CsplanError(
            f"{said.weights.name} holds {len(tables) or 'no'} tables: give a file with one, its headings in the first row."
        )
    weighed = weighing.weigh(store(), said.area, said.period, weighing.weights_of(tables[0]))
    weights = weighed.found.weights
    by = f"Weights: {weights.source}, {weights.version}."
    options.answer(weighed.as_json(), "\n".join([weighed.words, by, *weighed.found.notes, weighing.CAUTION]))
    return 1 if weighed.missing else 0
