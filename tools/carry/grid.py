"""Longitude and latitude to British National Grid metres, by the published formulae and nothing else.

WGS 84 is turned to the Airy 1830 ellipsoid by the seven-parameter (Helmert) change, then put on the Transverse Mercator
projection of the National Grid. Good to about five metres, which is enough for placing postcodes and drawing areas.
Source: Ordnance Survey, "A guide to coordinate systems in Great Britain", sections 6.6, annexes B and C.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Semi-major and semi-minor axes, metres.
WGS84 = (6_378_137.0, 6_356_752.314245)
AIRY = (6_377_563.396, 6_356_256.909)
#: WGS 84 to OSGB36: metres, parts per million, seconds of arc.
SHIFT = (-446.448, 125.157, -542.060)
SCALE_PPM = 20.4894
TURN_SECONDS = (-0.1502, -0.2470, -0.8421)
#: The National Grid's true origin, its scale there, and where its false origin puts it.
ORIGIN = (np.radians(-2.0), np.radians(49.0))
ORIGIN_SCALE = 0.9996012717
FALSE_EASTING, FALSE_NORTHING = 400_000.0, -100_000.0


def _cartesian(lon: Floats, lat: Floats) -> Floats:
    """Points on the WGS 84 ellipsoid as x, y, z in metres from the earth's centre: shape (3, points)."""
    a, b = WGS84
    e2 = 1 - (b / a) ** 2
    across = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return np.stack([across * np.cos(lat) * np.cos(lon), across * np.cos(lat) * np.sin(lon), (1 - e2) * across * np.sin(lat)])


def _to_osgb36(points: Floats) -> Floats:
    """The Helmert change of datum: shape (3, points) both sides."""
    rx, ry, rz = np.radians(np.array(TURN_SECONDS) / 3600)
    turn = np.array([[1, -rz, ry], [rz, 1, -rx], [-ry, rx, 1]])
    return np.array(SHIFT)[:, None] + (1 + SCALE_PPM * 1e-6) * turn @ points


def _on_airy(points: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude, radians, on the Airy ellipsoid; six rounds bring latitude far below a millimetre."""
    a, b = AIRY
    e2 = 1 - (b / a) ** 2
    x, y, z = points
    flat = np.hypot(x, y)
    lat = np.arctan2(z, flat * (1 - e2))
    for _ in range(6):
        across = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * across * np.sin(lat), flat)
    return np.arctan2(y, x), lat


def _meridian_arc(lat: Floats) -> Floats:
    """Metres along the meridian from the true origin."""
    a, b = AIRY
    n = (a - b) / (a + b)
    apart, together = lat - ORIGIN[1], lat + ORIGIN[1]
    terms = (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * apart
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * np.sin(apart) * np.cos(together)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * np.sin(2 * apart) * np.cos(2 * together)
        - 35 / 24 * n**3 * np.sin(3 * apart) * np.cos(3 * together)
    )
    return np.asarray(b * ORIGIN_SCALE * terms)


def to_grid(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Easting and northing, metres, of longitude and latitude in degrees: arrays of one shape (points,)."""
    return project(*_on_airy(_to_osgb36(_cartesian(np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))))))


def project(lam: Floats, phi: Floats) -> tuple[Floats, Floats]:
    """Easting and northing, metres, of longitude and latitude in radians on the Airy ellipsoid."""
    a, b = AIRY
    e2 = 1 - (b / a) ** 2
    sin, cos, tan2 = np.sin(phi), np.cos(phi), np.tan(phi) ** 2
    nu = a * ORIGIN_SCALE / np.sqrt(1 - e2 * sin**2)
    rho = a * ORIGIN_SCALE * (1 - e2) / (1 - e2 * sin**2) ** 1.5
    eta2 = nu / rho - 1
    d = lam - ORIGIN[0]
    northing = (
        FALSE_NORTHING
        + _meridian_arc(phi)
        + nu / 2 * sin * cos * d**2
        + nu / 24 * sin * cos**3 * (5 - tan2 + 9 * eta2) * d**4
        + nu / 720 * sin * cos**5 * (61 - 58 * tan2 + tan2**2) * d**6
    )
    easting = (
        FALSE_EASTING
        + nu * cos * d
        + nu / 6 * cos**3 * (nu / rho - tan2) * d**3
        + nu / 120 * cos**5 * (5 - 18 * tan2 + tan2**2 + 14 * eta2 - 58 * tan2 * eta2) * d**5
    )
    return easting, northing
