"""The second engine: the same text of SQL over the same Parquet files, run by Apache Spark on this machine.

For those whose events are too many for one process. The cube that it gives is the same to the byte. It comes with the extra `csplan[spark]`
and needs Java; nothing of it is read in unless it is asked for.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from csplan.errors import CsplanError
from csplan.evidence import sql
from csplan.evidence.cube import Count, Counting

#: Nothing listens beyond this machine, nothing is served, and a month is a text and not a day.
SETTINGS = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def counting() -> Iterator[Counting]:
    """What counts the events of parts, as `sql.counts` does, for as long as the block runs. Raises CsplanError where there is no Spark."""
    pyspark, sqlglot = _libraries()
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    text = sqlglot.transpile(sql.COUNTS, read="duckdb", write="spark")[0]
    with tempfile.TemporaryDirectory(prefix="csplan-") as scratch:
        asked = pyspark.sql.SparkSession.builder.master("local[*]").appName("csplan")
        for name, value in (SETTINGS | {"spark.local.dir": scratch, "spark.sql.warehouse.dir": scratch}).items():
            asked = asked.config(name, value)
        session = asked.getOrCreate()
        try:
            yield lambda parts: _counts(session, text, parts)
        finally:
            session.stop()


def _libraries() -> tuple[Any, Any]:
    try:
        import pyspark.sql
        import sqlglot
    except ImportError as e:
        raise CsplanError('Spark is not installed. Run pip install "csplan[spark]", or leave out --engine.') from e
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        raise CsplanError("Spark needs Java 17 or later, and none is found. Install it, or leave out --engine.")
    return pyspark, sqlglot


def _plain(path: Path) -> str:
    """A path that Spark reads as it stands: signs that would match several files are put aside."""
    return "file://" + re.sub(r"([*?\[\]{}\\])", r"\\\1", str(path.absolute()))


def _counts(session: Any, text: str, parts: Sequence[Path]) -> list[Count]:
    """The months and forces of parts stand in the names of their folders, below one that is called events."""
    by_root: dict[Path, list[str]] = {}
    for part in parts:
        by_root.setdefault(part.parents[2], []).append(_plain(part))
    frames = [session.read.option("basePath", f"file://{root.absolute()}").parquet(*held) for root, held in by_root.items()]
    every = frames[0]
    for frame in frames[1:]:
        every = every.unionByName(frame)
    every.createOrReplaceTempView("events")
    return [(row["month"], row["type"], row["lsoa"], int(row["n"])) for row in session.sql(text).collect()]
