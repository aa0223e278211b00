"""Numbers about `displacement` that others printed."""

from csplan.statistics import displacement
from tests.verification.published.case import Published


def _paper() -> tuple[float, ...]:
    """The example of Wheeler and Ratcliffe (2018)."""
    found = displacement.weighted_displacement([207, 110], [308, 318], displacement=[178, 157], displacement_control=[150, 140])
    return found.value, found.standard_error**2, found.z, found.low, found.high


def _harm() -> tuple[float, ...]:
    treated = [[130, 74], [327, 202], [398, 190], [144, 92], [183, 96]]
    control = [[133, 91], [388, 305], [148, 97], [86, 64], [94, 67]]
    each = displacement.weighted_displacement(treated, control)
    found = displacement.combined(each.value, each.standard_error, [3, 2, 5, 7, 10])
    return found.value, found.standard_error, found.z, found.low, found.high


def _lengths() -> tuple[float, ...]:
    found = displacement.weighted_displacement([80, 20], [100, 50], lengths=(2, 1))
    return found.value, found.standard_error**2


CASES = (
    Published(
        "Treated 207 to 110, control 308 to 318, displacement 178 to 157, its control 150 to 140: WDD, variance, z, limits",
        ("-118", "1568", "-2.98", "-196", "-40"),
        "Wheeler and Ratcliffe (2018), as tested in ptools for R",
        _paper,
    ),
    Published(
        "Two years before, one after: WDD a year and its variance",
        ("-20", "115"),
        "ptools for R: wdd(c(100,50), c(80,20), time_weights=c(2,1))",
        _lengths,
    ),
    Published(
        "Five kinds of crime by harm: sum, standard error, z, limits",
        ("-1721.00000000", "304.10360077", "-5.65925558", "-2317.03210507", "-1124.96789493"),
        "ptools for R: wdd_harm(Est_Local, SE_Local, c(3,2,5,7,10), alpha=0.05)",
        _harm,
    ),
)
