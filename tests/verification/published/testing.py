"""Numbers about `testing` that others printed."""

from csplan.statistics import testing
from tests.verification.published.case import Published

#: The p-values of Rosetta Code's task "P-value correction".
P_VALUES = [
    *(4.533744e-01, 7.296024e-01, 9.936026e-02, 9.079658e-02, 1.801962e-01, 8.752257e-01, 2.922222e-01, 9.115421e-01),
    *(4.355806e-01, 5.324867e-01, 4.926798e-01, 5.802978e-01, 3.485442e-01, 7.883130e-01, 2.729308e-01, 8.502518e-01),
    *(4.268138e-01, 6.442008e-01, 3.030266e-01, 5.001555e-02, 3.194810e-01, 7.892933e-01, 9.991834e-01, 1.745691e-01),
    *(9.037516e-01, 1.198578e-01, 3.966083e-01, 1.403837e-02, 7.328671e-01, 6.793476e-02, 4.040730e-03, 3.033349e-04),
    *(1.125147e-02, 2.375072e-02, 5.818542e-04, 3.075482e-04, 8.251272e-03, 1.356534e-03, 1.360696e-02, 3.764588e-04),
    *(1.801145e-05, 2.504456e-07, 3.310253e-02, 9.427839e-03, 8.791153e-04, 2.177831e-04, 9.693054e-04, 6.610250e-05),
    *(2.900813e-02, 5.735490e-03),
]


def _ten(method: testing.Adjustment) -> tuple[float, ...]:
    """The 3rd, 20th, 28th, 31st to 34th, 36th, 43rd and 46th: ties, plain ones and those on either side of 5%."""
    found = testing.adjusted(P_VALUES, method=method)
    return tuple(found[[2, 19, 27, 30, 31, 32, 33, 35, 42, 45]].tolist())


def _difference(*counts: int) -> tuple[float, ...]:
    found = testing.two_proportions(*counts)
    return found.low, found.high


def _p_value() -> tuple[float, ...]:
    return (testing.two_proportions(56, 70, 48, 80).p_value,)


R = "R, p.adjust, as printed in Rosetta Code, P-value correction"
NEWCOMBE = "Newcombe (1998), table II, method 10"

CASES = (
    Published(
        "Ten of fifty p-values, Benjamini and Hochberg",
        tuple(
            "0.1987205 0.1136717 0.03899547 0.01683638 0.002562902 0.03516084 0.06250189 0.002562902 0.07881555 0.002562902".split()
        ),
        R,
        lambda: _ten("benjamini_hochberg"),
    ),
    Published(
        "Ten of fifty p-values, Benjamini and Yekutieli",
        tuple("0.8940844 0.5114323 0.1754486 0.07575031 0.01153102 0.1581959 0.2812089 0.01153102 0.3546073 0.01153102".split()),
        R,
        lambda: _ten("benjamini_yekutieli"),
    ),
    Published(
        "Ten of fifty p-values, Hochberg",
        tuple("0.9991834 0.9991834 0.4632662 0.1575885 0.01383967 0.3938014 0.7600230 0.01383967 0.9930759 0.01023581".split()),
        R,
        lambda: _ten("hochberg"),
    ),
    Published(
        "Ten of fifty p-values, Holm",
        tuple("1.000000 1.000000 0.4632662 0.1575885 0.01395341 0.3938014 0.7600230 0.01395341 0.9930759 0.01023581".split()),
        R,
        lambda: _ten("holm"),
    ),
    Published(
        "Ten of fifty p-values, Bonferroni",
        tuple("1.000000 1.000000 0.7019185 0.2020365 0.01516674 0.5625735 1.000000 0.01537741 1.000000 0.01088915".split()),
        R,
        lambda: _ten("bonferroni"),
    ),
    Published("56 of 70 less 48 of 80", ("0.0524", "0.3339"), NEWCOMBE, lambda: _difference(56, 70, 48, 80)),
    Published("9 of 10 less 3 of 10", ("0.1705", "0.8090"), NEWCOMBE, lambda: _difference(9, 10, 3, 10)),
    Published("6 of 7 less 2 of 7", ("0.0582", "0.8062"), NEWCOMBE, lambda: _difference(6, 7, 2, 7)),
    Published("5 of 56 less 0 of 29", ("-0.0381", "0.1926"), NEWCOMBE, lambda: _difference(5, 56, 0, 29)),
    Published("0 of 10 less 0 of 20", ("-0.1611", "0.2775"), NEWCOMBE, lambda: _difference(0, 10, 0, 20)),
    Published("10 of 10 less 0 of 10", ("0.6075", "1.0000"), NEWCOMBE, lambda: _difference(10, 10, 0, 10)),
    Published(
        "56 of 70 against 48 of 80, p",
        ("0.00804508136819656",),
        "statsmodels 0.15.0 for Python: test_proportions_2indep(56, 70, 48, 80, method='score', correction=False)",
        _p_value,
    ),
)
