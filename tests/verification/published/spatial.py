"""Numbers about `spatial` that others printed."""

from csplan.statistics import spatial
from tests.verification.published.case import Published
from tests.verification.published.hotspots import LATTICE, lattice


def _whole(values: list[int]) -> tuple[float, ...]:
    found = spatial.moran(values, lattice(4), draws=0)
    return found.i, found.expected, found.z_normal, found.p_normal, found.z_random, found.p_random


CASES = (
    Published(
        "The global I of sixteen values on a lattice of four by four, sorted: I, expected, z and p if normal, z and p if dealt out",
        ("0.744971", "-0.066667", "4.348380", "0.000014", "4.195091", "0.000027"),
        "esda 2.9.0 for Python: m = Moran(sorted(y), lat2W(4, 4), permutations=0); m.I, m.EI, m.z_norm, m.p_norm, m.z_rand, m.p_rand",
        lambda: _whole(sorted(LATTICE)),
    ),
    Published(
        "The same in their own order",
        ("-0.086207", "-0.066667", "-0.104687", "0.916624", "-0.100997", "0.919553"),
        "esda 2.9.0 for Python: Moran(y, lat2W(4, 4), permutations=0)",
        lambda: _whole(LATTICE),
    ),
    Published(
        "The local I of each; esda has n - 1 where this has n",
        ("0.551724", "-0.183908", "0.505747", "0.000000", "0.000000", "-1.241379", "-0.413793", "-0.183908"),
        "esda 2.9.0 for Python: Moran_Local(y, lat2W(4, 4), permutations=0).Is * 16 / 15",
        lambda: tuple(spatial.local_moran(LATTICE, lattice(4), draws=1).i[:8].tolist()),
    ),
    Published(
        "The z of the first four with the place held fast",
        ("1.147150", "-0.048564", "2.523210", "0.152388"),
        "esda 2.9.0 for Python: m = Moran_Local(y, lat2W(4, 4), permutations=0); (m.Is * 16 / 15 - m.EIc) / m.VIc**0.5",
        lambda: tuple(spatial.local_moran(LATTICE, lattice(4), draws=1).z[:4].tolist()),
    ),
)
