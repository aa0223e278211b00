"""Numbers about `kernel_density` that others printed."""

import numpy as np

from csplan.statistics import kernel_density
from tests.verification.published.case import Published

POINTS = [(0, 0), (100, 0), (0, 200), (250, 250), (300, 100), (120, 130)]

CASES = (
    Published(
        "Six points, the density at each by a bandwidth of 300 metres, events for each square kilometre",
        ("26.782161550819", "30.141575271424", "23.347296597934", "21.509744711767", "22.451837181493", "37.319607295763"),
        "libpysal 4.14.1 for Python, whose kernel of one dimension is 15/16 at 0: k = Kernel(points, fixed=True, bandwidth=300.0, k=5, "
        "function='quartic', diagonal=False); 1e6 * k.sparse.sum(1) * 16 / 15 * 3 / (pi * 300**2)",
        lambda: tuple(
            1e6 * float(kernel_density.quartic(np.array(POINTS) + 5000, [x + 5000], [y + 5000], bandwidth=300).density[0, 0])
            for x, y in POINTS
        ),
    ),
)
