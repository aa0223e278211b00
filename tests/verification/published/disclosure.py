"""Numbers about `disclosure` that others printed."""

from csplan.statistics.disclosure import SHARED, released, totals
from tests.verification.published.case import Published

BY = "OpenSAFELY, documentation of output checking: a table before and after 7 and fewer are redacted and the rest rounded to 5"
DISEASE, POPULATION = [3, 8, 16, 23], [18, 23, 31, 44]

CASES = (
    Published(
        "Heart disease of four age bands, the first of them hidden, and the sum of what is shown",
        ("10", "15", "25", "50"),
        BY,
        lambda: (*released(DISEASE, SHARED).values[1:].tolist(), float(totals(released(DISEASE, SHARED)).values)),
    ),
    Published(
        "The population of the same bands, and its sum",
        ("20", "25", "30", "45", "120"),
        BY,
        lambda: (*released(POPULATION, SHARED).values.tolist(), float(totals(released(POPULATION, SHARED)).values)),
    ),
)
