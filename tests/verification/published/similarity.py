"""Numbers about `similarity` that others printed."""

from csplan.statistics import similarity
from tests.verification.published.case import Published

SIX = [[10, 1, 0.5], [12, 1, 0.7], [30, 9, 0.2], [28, 5, 0.1], [15, 3, 0.9], [22, 8, 0.4]]
SEUCLIDEAN = "scipy for Python: cdist(x, x, 'seuclidean', V=x.var(axis=0)) ** 2"


def _first() -> similarity.Similar:
    return similarity.most_similar(SIX, 3, ["a", "b", "c"])


CASES = (
    Published(
        "Squared distances of the three nearest of the first and the last of six areas by three figures",
        ("0.596922", "2.942949", "7.503909", "1.710421", "2.706334", "6.656836"),
        SEUCLIDEAN,
        lambda: (*_first().distance[0], *_first().distance[5]),
    ),
    Published(
        "The three nearest of the third of them, counted from 0",
        ("5", "3", "4"),
        SEUCLIDEAN + "; argsort()[1:4]",
        lambda: tuple(_first().nearest[2].tolist()),
    ),
)
