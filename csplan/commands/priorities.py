"""The open matrix of priorities, from a partnership's own scores."""

from argparse import Namespace
from pathlib import Path

from csplan.terminal import command, options, takes


@command(
    "priorities",
    takes("scores", type=Path, metavar="SCORES", help="a CSV, XLSX or ODS file with Issue, Criterion, Score and perhaps Scorer"),
    takes(
        "--weights",
        type=Path,
        metavar="WEIGHTS",
        help="a file with Criterion, Weight and perhaps Lowest and Highest; without it all count the same, from 1 to 5",
    ),
    takes("--top", type=int, metavar="K", help="how many first places are asked about (5; of few issues, half)"),
)
def priorities(said: Namespace) -> None:
    """Issues ranked by weighted scores: how far the order hangs on the weights, and where scorers differ."""
    from csplan.evidence import matrix

    found = matrix.rank(matrix.read(said.scores, said.weights), said.top)
    options.answer(matrix.as_json(found), matrix.as_words(found))
