"""Numbers about `concentration` that others printed."""

from csplan.statistics import concentration
from tests.verification.published.case import Published

INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]

CASES = (
    Published(
        "Ten incomes: coefficient of Gini",
        ("0.4620911",),
        "R, the example on the help page of ineq in the package ineq",
        lambda: (float(concentration.concentration(INCOMES).gini),),
    ),
)
