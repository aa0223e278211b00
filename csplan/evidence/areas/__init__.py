"""Areas: which there are, what lies in them, who lives there, and how a reader finds one.

Every published area's number is a sum over whole LSOAs by the code in the file; `lsoas` says which, `share_fitted` how well.
"""

from csplan.evidence.areas.area import SMALL, TYPES, Area, Force
from csplan.evidence.areas.gazetteer import search
from csplan.evidence.areas.membership import (
    centroid,
    district_of,
    find,
    force_of,
    get,
    lsoas,
    members,
    region_of,
    share_fitted,
    within,
)
from csplan.evidence.areas.people import MEASURES, Denominator, Profile, decile, denominator, profile

__all__ = [
    "MEASURES",
    "SMALL",
    "TYPES",
    "Area",
    "Denominator",
    "Force",
    "Profile",
    "centroid",
    "decile",
    "denominator",
    "district_of",
    "find",
    "force_of",
    "get",
    "lsoas",
    "members",
    "profile",
    "region_of",
    "search",
    "share_fitted",
    "within",
]
