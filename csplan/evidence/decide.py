"""What an officer decides about a file that waits: let it count, or refuse it with a reason."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from csplan.errors import CsplanError
from csplan.evidence import cube, editions, sql
from csplan.evidence.manifest import Decision, Manifest, Unit
from csplan.evidence.store import Store

#: How the terminal signs when it was not told for whom it acts.
TERMINAL = "terminal:"


def approve(store: Store, key: str, *, by: str) -> dict[str, Any]:
    """Let a waiting file count. Returns {key, sha256, state, is_current}.

    key : as status prints it ("police.uk/street durham 2025-06"), with @ and the start of a fingerprint when more than one
    file waits under it, or to decide again about one already decided
    """
    return _decide(store, key, "approve", by, "")


def reject(store: Store, key: str, *, why: str, by: str) -> dict[str, Any]:
    """Refuse a waiting file, and say why; it is kept and not counted. Returns {key, sha256, state, is_current}."""
    if not why.strip():
        raise CsplanError("Nothing was said of why the file is refused. Add --why with a short reason.")
    return _decide(store, key, "reject", by, why.strip())


def _decide(store: Store, key: str, verb: str, by: str, why: str) -> dict[str, Any]:
    if by.startswith(TERMINAL):
        raise CsplanError("A file that waits is decided by a named person. Add --by with your username.")
    with store.writing() as draft:
        unit = _chosen(draft.manifest, key)
        latest = max((edition for other in draft.manifest.of_key(unit.key) for edition in other.editions), default="")
        at = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        decision = Decision(unit.key, unit.sha256, verb, by, at, why, latest if verb == "approve" else "")
        after = replace(draft.manifest, decisions=(*draft.manifest.decisions, decision))
        draft.commit(cube.refresh(draft, after, con=sql.connect()))
        standing = next(s for s in editions.standings(draft.manifest)[unit.key] if s.unit.sha256 == unit.sha256)
    return {"key": unit.key, "sha256": unit.sha256, "state": standing.state, "is_current": standing.is_current}


def _chosen(manifest: Manifest, key: str) -> Unit:
    plain, _, start = key.partition("@")
    standings = editions.standings(manifest).get(plain)
    if standings is None:
        raise CsplanError(f"Nothing is held under “{plain}”. See `csplan evidence status` for what waits.")
    wanted = [s.unit for s in standings if (s.unit.sha256.startswith(start) if start else s.state == "held")]
    if len(wanted) == 1:
        return wanted[0]
    if not wanted:
        raise CsplanError(f"No file waits under “{key}”. See `csplan evidence status` for what waits.")
    choices = " or ".join(f"{plain}@{unit.sha256[:8]}" for unit in wanted)
    raise CsplanError(f"More than one file waits under “{plain}”. Write {choices}.")
