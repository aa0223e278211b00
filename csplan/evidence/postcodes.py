"""Postcodes of a table that is loaded, for finding a place where the partnership carries none of its own."""

from collections.abc import Mapping

from csplan.evidence import editions, sql
from csplan.evidence.store import Store

#: Tables of postcodes with their small area: source -> columns of postcode and small area.
TABLES: dict[str, tuple[str, str]] = {"ons/postcode-directory": ("pcds", "lsoa21")}


class Postcodes:
    """The postcodes that a store holds."""

    def __init__(self, store: Store) -> None:
        units = editions.tables(store.manifest())
        self._files = [(store.path(unit.events), *TABLES[unit.source]) for unit in units if unit.source in TABLES]

    def lsoa(self, postcode: str) -> str | None:
        """The small area of a postcode without its space; None where it is not held."""
        return next(iter(self.counted(f"^{postcode}$")), None)

    def counted(self, pattern: str) -> Mapping[str, int]:
        """{small area: how many postcodes without their space match a pattern}."""
        out: dict[str, int] = {}
        for file, postcode, lsoa in self._files:
            words = f"replace({sql.name(postcode)}, ' ', '')"
            asked = f"SELECT {sql.name(lsoa)}, count(*) FROM read_parquet({sql.text(str(file))}) "
            asked += f"WHERE regexp_matches({words}, {sql.text(pattern)}) AND {sql.name(lsoa)} IS NOT NULL GROUP BY 1 ORDER BY 1"
            for code, n in sql.connect().execute(asked).fetchall():
                out[code] = out.get(code, 0) + n
        return out
