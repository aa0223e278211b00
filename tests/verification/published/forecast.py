"""Numbers about `forecast` that others printed."""

from csplan.statistics import forecast
from tests.verification.published.case import Published
from tests.verification.published.seasonality import DAYS, PASSENGERS

SEASON = [-20, -10, 10, 5, 0, 15, 30, 30, 10, -15, -40, -15]
TOLD = ("107.35", "120.16925", "114.47085044", "461.81909607")
STATE = ("489.2946384", "1.0155385550", "-42.3850903828")
AHEAD = ("466.57798793", "456.08374226", "501.92412734")


def _recursion() -> tuple[float, ...]:
    told, level, trend, season = forecast.damped_smoothing(
        PASSENGERS, alpha=[0.3], beta=[0.05], gamma=[0.2], phi=[0.9], level=126, trend=1.5, season=SEASON
    )
    at_end = level[-1, 0], trend[-1, 0], season[-1, 11, 0]
    ahead = [level[-1, 0] + trend[-1, 0] * sum(0.9**k for k in range(1, h + 1)) + season[-1, h - 1, 0] for h in (1, 2, 3)]
    return *told[[0, 1, 12, 143], 0].tolist(), *at_end, *ahead


CASES = (
    Published(
        "Damped smoothing of the airline passengers: told a month before, state at the end, three months ahead",
        TOLD + STATE + AHEAD,
        "statsmodels 0.15.0: ETSModel(y, 'add', 'add', damped_trend=True, seasonal='add', initialization_method='known', "
        "initial_level=126, initial_trend=1.5, initial_seasonal=s).smooth([0.3, 0.05, 0.2, 0.9]), .fittedvalues and .forecast(3)",
        _recursion,
    ),
    Published(
        "The next three months of the airline passengers, by the log-linear model that wins",
        ("478.67642035", "460.44924076", "534.94276276"),
        "statsmodels 0.15.0: GLM(y, [t, months], Poisson(), offset=log(days)).fit().predict(x_ahead, offset=log(days_ahead))",
        lambda: tuple(forecast.forecast(PASSENGERS, DAYS[:144], DAYS[144:]).mean.tolist()),
    ),
)
