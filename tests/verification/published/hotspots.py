"""Numbers about `hotspots` that others printed."""

import numpy as np

from csplan.statistics import hotspots
from tests.verification.published.case import Published

LATTICE = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]
#: As esda prints its first half.
LATTICE_Z = (-1.38196, -0.622841, -2.491364, -0.921307, 0.415227, -0.969762, 0.193952, -0.622841)


def _lattice(side: int) -> np.ndarray:
    """Neighbours of a square lattice that share an edge."""
    at = np.array([divmod(i, side) for i in range(side * side)])
    return (np.abs(at[:, None] - at[None]).sum(axis=2) == 1).astype(float)


CASES = (
    Published(
        "Sixteen values on a lattice of four by four",
        tuple(f"{z:.6f}" for z in LATTICE_Z),
        "esda 2.9.0 for Python: G_Local(y, lat2W(4, 4), transform='B', star=True, permutations=0).Zs",
        lambda: tuple(hotspots.gi_star(LATTICE, _lattice(4)).z[:8].tolist()),
    ),
)
