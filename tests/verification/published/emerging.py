"""Numbers about `emerging` that others printed."""

import numpy as np

from csplan.statistics import emerging
from tests.verification.published.case import Published
from tests.verification.published.hotspots import LATTICE, lattice

VALUES = np.add.outer(np.array(LATTICE, float), np.zeros(12)) + np.outer(np.arange(16), np.arange(12)) % 7 * 0.5

CASES = (
    Published(
        "The trend of Gi* over twelve times at each of sixteen places on a lattice, as z",
        tuple(
            "-0.555145 0.138786 0.277573 -0.416359 0.000000 0.138786 0.000000 -0.832718 "
            "0.416359 0.832718 0.277573 0.277573 0.832718 -0.138786 -0.138786 -0.138786".split()
        ),
        "esda 2.9.0 and pymannkendall for Python: x = add.outer(y, zeros(12)) + outer(arange(16), arange(12)) % 7 * 0.5; "
        "original_test of the twelve G_Local(x[:, t], lat2W(4, 4), transform='B', star=True, permutations=0).Zs of a place, .z",
        lambda: tuple(emerging.emerging(VALUES, lattice(4)).trend_z.tolist()),
    ),
)
