"""The second engine: the same text of SQL over the same Parquet files, run by Apache Spark on this machine.

The cube that it gives is the same to the byte. It comes with the extra `csplan[spark]` and needs Java; nothing of it is read
in unless it is asked for.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from csplan.errors import CsplanError
from csplan.evidence import sql
from csplan.evidence.cube import Count, Counting

OLDEST_JAVA = 17

#: Nothing listens beyond this machine, nothing is served, and a month is a text and not a day.
SETTINGS = {
    "spark.app.name": "csplan",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.master": "local[*]",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.ui.enabled": "false",
}


@contextmanager
def counting() -> Iterator[Counting]:
    """What counts the events of parts, as `sql.counts` does, for as long as the block runs.

    Raises CsplanError where pyspark, sqlglot or a Java that is new enough is lacking, or Spark cannot start.
    """
    try:
        import pyspark.errors
        import pyspark.java_gateway
        import pyspark.sql
        import sqlglot
    except ImportError as e:
        raise CsplanError('Spark is not installed. Run pip install "csplan[spark]", or leave out --engine.') from e
    _check_java()
    text = sqlglot.transpile(sql.COUNTS, read="duckdb", write="spark")[0]
    with tempfile.TemporaryDirectory(prefix="csplan-") as scratch, _session(pyspark, Path(scratch)) as session:
        yield lambda parts: _counts(session, text, parts)


def _check_java() -> None:
    """Ask the Java that Spark would start for its version."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(str(Path(home, "bin", "java")) if home else "java")
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr if java else ""
    version = re.search(r'version "(\d+)', told)
    if not version or int(version[1]) < OLDEST_JAVA:
        raise CsplanError(f"Spark needs Java {OLDEST_JAVA} or later. Install it, or leave out --engine.")


@contextmanager
def _session(pyspark: Any, scratch: Path) -> Iterator[Any]:
    """Spark in a process that ends with the block. All it writes, what it says too, goes to the folder `scratch`."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    own = {"spark.local.dir": str(scratch), "spark.sql.warehouse.dir": str(scratch)}
    own["spark.driver.extraJavaOptions"] = f'-Djava.io.tmpdir="{scratch}"'
    conf = pyspark.SparkConf(loadDefaults=False).setAll([*SETTINGS.items(), *own.items()])
    with (scratch / "said.txt").open("wb") as said:
        try:
            gateway = pyspark.java_gateway.launch_gateway(conf, {"stdout": said, "stderr": said})
        except pyspark.errors.PySparkRuntimeError as e:
            raise CsplanError(f"Spark could not start: {_reason(scratch / 'said.txt')}") from e
    try:
        with pyspark.sql.SparkSession(pyspark.SparkContext(conf=conf, gateway=gateway)) as session:
            yield session
    finally:
        gateway.shutdown()
        gateway.proc.communicate()
        # Else the next session would ask the process that has ended.
        pyspark.SparkContext._gateway = pyspark.SparkContext._jvm = None


def _reason(file: Path) -> str:
    """The first line of what Spark said that is more than a warning."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line for line in lines if line and not line.startswith("WARNING")), "it did not say why.")


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
