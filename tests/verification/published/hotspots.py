"""Numbers about `hotspots` that others printed."""

import numpy as np

from csplan.statistics import hotspots
from csplan.statistics.neighbours import others_drawn, tally, weights_of_others
from tests.verification.published.case import Published

LATTICE = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]
#: As esda prints its first half.
LATTICE_Z = (-1.38196, -0.622841, -2.491364, -0.921307, 0.415227, -0.969762, 0.193952, -0.622841)
#: esda.crand.vec_permutations(4, 16, 99, 7): a digit for each place drawn, four for each draw.
DRAWN = (
    "85a2c51e9ca3854aed28c4071287918e302eb03ae02129067db48534647860523a657c26b6ce287e79356d39c931bad07b9859067e54c561cedb710a6d4ed5c1"
    "38b59c580a125b3296127b8a798e0ec39a5c0c7ac54041e8ad280ba5d3079bca7dae9124a76164d2eb0121d8d69ea0477932b4c5178d614dc74e368a93a83947"
    "34be1568a538ade784d1c045436542759d287869a208a5402130a90315394197a9de086a19a874a802cd3217264d06727a244e59d0e929b33b2c83026e43d214"
    "385b05a9c049"
)


def lattice(side: int) -> np.ndarray:
    """Neighbours of a square lattice that share an edge."""
    at = np.array([divmod(i, side) for i in range(side * side)])
    return (np.abs(at[:, None] - at[None]).sum(axis=2) == 1).astype(float)


def _counted(which: int) -> tuple[float, ...]:
    order = np.array([int(digit, 16) for digit in DRAWN]).reshape(99, 4)
    w = weights_of_others(lattice(4), 16)
    assert others_drawn(w, 99, 7).shape == order.shape
    return tuple(tally(np.array(LATTICE, float)[:, None], w, order)[which][:, 0].tolist())


CASES = (
    Published(
        "Sixteen values on a lattice of four by four",
        tuple(f"{z:.6f}" for z in LATTICE_Z),
        "esda 2.9.0 for Python: G_Local(y, lat2W(4, 4), transform='B', star=True, permutations=0).Zs",
        lambda: tuple(hotspots.gi_star(LATTICE, lattice(4)).z[:8].tolist()),
    ),
    Published(
        "The same without the place itself",
        ("-1.14715027", "0.04856429", "-2.52321012", "-0.15238786", "0.44849685", "-1.74247955", "0.67773899", "-0.85608915"),
        "esda 2.9.0 for Python: G_Local(y, lat2W(4, 4), transform='B', star=False, permutations=0).Zs",
        lambda: tuple(hotspots.gi(LATTICE, lattice(4)).z[:8].tolist()),
    ),
    Published(
        "Draws of 99 with a sum as high or higher, of the places that esda drew",
        tuple("87 47 99 63 36 97 24 80 36 15 32 58 27 7 45 6".split()),
        "esda 2.9.0 for Python: g = G_Local(y, lat2W(4, 4), transform='B', star=True, permutations=99, seed=7, n_jobs=1); (g.sim >= g.Gs).sum(0)",
        lambda: _counted(0),
    ),
    Published(
        "Draws of 99 with a sum as low or lower",
        tuple("18 56 0 50 65 7 83 26 69 90 68 48 78 94 65 95".split()),
        "esda 2.9.0 for Python, of the same as whole numbers again: (rint(g.sim * y.sum()) <= rint(g.Gs * y.sum())).sum(0)",
        lambda: _counted(1),
    ),
)
