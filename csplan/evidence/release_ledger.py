"""A ledger of published figures, between the file that a person gives and the attack on it: docs/how-to/disclosure.md lays it out."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from csplan.cycle.words import count
from csplan.errors import CsplanError, InputRejected
from csplan.evidence.incoming import package
from csplan.evidence.release_rules import RULES
from csplan.statistics import attack, ledger
from csplan.statistics.disclosure import Tier

#: Differences of so many figures are sought where a ledger names no targets.
MOST_PAIRED = 1_000


@dataclass(frozen=True)
class Ledger:
    """All that was published, and what should not be worked out. insiders : {who: what that person knows besides}"""

    tier: Tier
    atoms: tuple[str, ...]
    published: tuple[ledger.Published, ...]
    targets: tuple[attack.Target, ...]
    insiders: Mapping[str, Mapping[int, int]]


def read_ledger(path: Path) -> Ledger:
    """A ledger of published figures, as docs/how-to/disclosure.md lays it out. Raises InputRejected, naming the item."""
    if not path.is_file():
        raise CsplanError(f"There is no file {path}. Check how its name is written.")
    with path.open("rb") as file:
        data = file.read(package.FILE_BYTES + 1)
    name = package.safe_name(path.name)
    if len(data) > package.FILE_BYTES:
        raise InputRejected(f"{name} is larger than {package.FILE_BYTES // package.MIB} MB. Split the ledger by subject.")
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as e:
        raise InputRejected(f"{name} is no JSON document. Write it as docs/how-to/disclosure.md shows.") from e
    try:
        return _ledger(told)
    except _Wrong as e:
        raise InputRejected(f"{name}, {e}") from e


@dataclass(frozen=True)
class Answer:
    """What the attack found. findings : (who, what), with "" for somebody who knows no more than was published"""

    held: Ledger
    findings: tuple[tuple[str, attack.Finding], ...]
    repair: attack.Repair | None

    @property
    def is_safe(self) -> bool:
        return all(finding.is_safe for _, finding in self.findings)

    def as_json(self) -> dict[str, Any]:
        """As `csplan disclosure attack --json` prints it. carried_by : the figures that make the range no wider"""
        return {
            "tier": self.held.tier.name,
            "safe": self.is_safe,
            "targets": [
                {
                    "name": f.name,
                    "known_by": who or None,
                    "verdict": f.verdict,
                    "safe": f.is_safe,
                    "low": f.low,
                    "high": f.high if f.high < ledger.MOST else None,
                    "sentence": f.sentence,
                    "carried_by": [self.held.published[i].name for i in f.carried_by if i < len(self.held.published)],
                    "witnesses": [dict(zip(self.held.atoms, table, strict=True)) for table in f.witnesses],
                }
                for who, f in self.findings
            ],
            "withdraw": list(self.repair.withdrawn) if self.repair else [],
            "blocked": [f.name for f in self.repair.blocked] if self.repair else [],
        }

    def sentences(self) -> list[str]:
        """What can be worked out, by whom, and what to withdraw."""
        found = [(f"For {who}: " if who else "") + f.sentence for who, f in self.findings if not f.is_safe]
        found.append(
            f"{len(found):,} of {len(self.findings):,} counts can be worked out, or nearly."
            if found
            else f"None of {count(len(self.findings), 'count')} can be worked out from these figures."
        )
        if self.repair and self.repair.withdrawn:
            found.append(
                f"Try first to merge categories or areas, or to take a longer period. Else withdraw: {'; '.join(self.repair.withdrawn)}."
            )
        if self.repair and self.repair.blocked:
            told = "; ".join(f.name for f in self.repair.blocked)
            found.append(f"What is out already tells these, and no withdrawal of what is new mends it: {told}.")
        return found


def ask(held: Ledger, name: str) -> Answer:
    """Attack a ledger: first as somebody who knows what was published, then as each insider. name : of the file, for a refusal"""
    atoms = len(held.atoms)
    try:
        outside = attack.attack(held.published, held.targets, atoms)
        findings = [("", finding) for finding in outside]
        for who, knows in held.insiders.items():
            known = [replace(ledger.exact(f"what {who} knows", {atom: 1}, n), is_out=True) for atom, n in knows.items()]
            asked = [t for t in held.targets if not set(t.weights) <= set(knows)]
            findings += [(who, finding) for finding in attack.attack([*held.published, *known], asked, atoms)]
        failed = not all(finding.is_safe for finding in outside)
        mended = attack.repair(held.published, held.targets, atoms) if failed else None
    except ValueError as e:
        raise InputRejected(f"{name}: {e}.") from e
    return Answer(held, tuple(findings), mended)


class _Wrong(Exception):
    """An item that cannot be taken; its text names it."""


def _ledger(told: Any) -> Ledger:
    known = {"tier", "authority", "atoms", "published", "targets", "insiders"}
    if not isinstance(told, dict) or not set(told) <= known or told.get("tier") not in ("S", "V"):
        raise _Wrong(
            'its top: write "tier" as S or V, "atoms", "published" and, where wanted, "authority", "targets", "insiders".'
        )
    tier = RULES[told["tier"], told.get("authority", False) is True][0]
    names = told.get("atoms")
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names) or len(set(names)) < len(names):
        raise _Wrong("atoms: write a list of names, no two alike.")
    reading = _Reading(tier, {name: i for i, name in enumerate(names)})
    published = [
        p for n, item in enumerate(_list(told, "published"), 1) for p in reading.published(item, f"published figure {n}")
    ]
    if "targets" in told:
        targets = [reading.target(item, f"target {n}") for n, item in enumerate(_list(told, "targets"), 1)]
    elif len(published) > MOST_PAIRED:
        raise _Wrong(f"targets: name them, for of more than {MOST_PAIRED:,} figures not every difference is sought.")
    else:
        targets = list(attack.targets_of(published, None, tier))
    insiders = {}
    for n, item in enumerate(_list(told, "insiders"), 1):
        where = f"insider {n}"
        _check_item(item, where, {"name", "knows"})
        knows = item.get("knows")
        if not isinstance(knows, dict):
            raise _Wrong(f'{where} (‘{item["name"]}’): write "knows" as a count for each atom.')
        atoms = reading.weights(list(knows), where)
        insiders[item["name"]] = {atom: _number(n, name, where) for atom, (name, n) in zip(atoms, knows.items(), strict=True)}
    return Ledger(tier, tuple(reading.atoms), tuple(published), tuple(targets), insiders)


def _list(told: Mapping[str, Any], key: str) -> list[Any]:
    found = told.get(key, [])
    if not isinstance(found, list) or (key == "published" and not found):
        raise _Wrong(f"{key}: write a list.")
    return found


def _check_item(item: Any, where: str, known: set[str]) -> None:
    if not isinstance(item, dict) or not isinstance(item.get("name"), str) or not item["name"]:
        raise _Wrong(f'{where}: it has no "name".')
    if unknown := sorted(set(item) - known):
        raise _Wrong(f"{where} (‘{item['name']}’): “{unknown[0]}” is not known here.")


@dataclass(frozen=True)
class _Reading:
    """atoms : {name: number}; restated figures add those of what was added and removed"""

    tier: Tier
    atoms: dict[str, int]

    def published(self, item: Any, where: str) -> tuple[ledger.Published, ...]:
        known = {"name", "kind", "atoms", "value", "than", "population", "per", "base", "reach", "restated", "out", "use"}
        _check_item(item, where, known)
        where = f"{where} (‘{item['name']}’)"
        kind = item.get("kind")
        if kind not in KINDS:
            raise _Wrong(f"{where}: “{kind}” is no kind. Write one of {', '.join(KINDS)}.")
        try:
            made = KINDS[kind](self, item, where)
        except ValueError as e:
            raise _Wrong(f"{where}: {e}.") from e
        made = replace(made, is_out=bool(item.get("out", False)), use=_number(item.get("use", 1), "use", where))
        if "restated" not in item:
            return (made,)
        changes = {atom: self._changed(atom) for atom in self.weights(item["restated"], where)}
        return ledger.restated(made, changes)

    def _changed(self, atom: int) -> tuple[int, int]:
        name = next(name for name, i in self.atoms.items() if i == atom)
        first = self.atoms.setdefault(f"added to {name}", len(self.atoms))
        return first, self.atoms.setdefault(f"removed from {name}", len(self.atoms))

    def target(self, item: Any, where: str) -> attack.Target:
        _check_item(item, where, {"name", "atoms", "others"})
        others = self.weights(item["others"], where) if "others" in item else None
        return attack.Target(item["name"], self.weights(item.get("atoms"), where), self.tier, others=others)

    def weights(self, told: Any, where: str) -> dict[int, int]:
        """{atom: how often it counts}, from a list of names or from {name: number}."""
        pairs = told.items() if isinstance(told, dict) else [(name, 1) for name in told] if isinstance(told, list) else []
        found: dict[int, int] = {}
        for name, n in pairs:
            if not isinstance(name, str) or name not in self.atoms:
                raise _Wrong(f"{where}: “{name}” is no atom.")
            if self.atoms[name] in found:
                raise _Wrong(f"{where}: “{name}” stands twice.")
            found[self.atoms[name]] = _number(n, name, where)
            if not n:
                raise _Wrong(f"{where}: “{name}” counts 0 times. Leave it out.")
        if not found:
            raise _Wrong(f"{where}: it names no atoms.")
        return found


def _number(value: Any, key: str, where: str) -> int:
    if type(value) is not int or abs(value) > ledger.MOST:
        raise _Wrong(f"{where}: “{key}” is {str(value)[:40]}: a whole number is needed.")
    return value


def _of(make: Callable[..., ledger.Published], *numbers: str) -> Callable[["_Reading", Any, str], ledger.Published]:
    """A kind whose other arguments are whole numbers."""
    return lambda reading, item, where: make(
        item["name"], reading.weights(item.get("atoms"), where), *(_number(item.get(key), key, where) for key in numbers)
    )


def _based(make: Callable[..., ledger.Published]) -> Callable[["_Reading", Any, str], ledger.Published]:
    return lambda reading, item, where: _of(make, "value", "base")(reading, {"base": reading.tier.base, **item}, where)


def _mark(reading: _Reading, item: Any, where: str) -> ledger.Published:
    return ledger.mark(item["name"], reading.weights(item.get("atoms"), where), reading.tier)


def _rate(reading: _Reading, item: Any, where: str) -> ledger.Published:
    if not isinstance(item.get("value"), str):
        raise _Wrong(f"{where}: write its value as it was printed, such as “2.50”, in quotation marks.")
    people, per = _number(item.get("population"), "population", where), _number(item.get("per", 1000), "per", where)
    return ledger.rate(item["name"], reading.weights(item.get("atoms"), where), item["value"], people, per=per)


def _not_lower(reading: _Reading, item: Any, where: str) -> ledger.Published:
    weights, than = reading.weights(item.get("atoms"), where), reading.weights(item.get("than"), where)
    return ledger.not_lower(item["name"], weights, than)


#: kind of published figure -> what makes it
KINDS: dict[str, Callable[[_Reading, Any, str], ledger.Published]] = {
    "exact": _of(ledger.exact, "value"),
    "rounded": _based(ledger.nearest),
    "mark": _mark,
    "rate": _rate,
    "not lower": _not_lower,
    "controlled": _based(ledger.controlled),
    "within": _of(ledger.within, "value", "reach"),
}
