"""How evidence, plan, measurement and review hang together: the kinds of thing on the golden thread, which leads to which, what each needs.

    finding → priority → work area → deliverable → indicator → reading, and from deliverables and indicators to the review
    an ambition of another strategy, a comment and the change it led to → the part of the plan that they concern
    an action of an equality assessment → the deliverable that carries it out

Links go down only, from evidence towards review, so that no way through comes back to where it began.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

#: A node's name: its kind and its reference.
Key: TypeAlias = tuple[str, str]
Path: TypeAlias = tuple["Node", ...]
Ends: TypeAlias = Callable[["Link"], tuple[Key, Key]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing. title, plural : in public words"""

    title: str
    plural: str


#: kind -> its words, in the order of the thread: a link goes from an earlier kind to a later one.
KINDS: dict[str, Kind] = {
    "finding": Kind("Finding", "findings"),
    "ambition": Kind("Ambition of another strategy", "ambitions of other strategies"),
    "comment": Kind("Comment", "comments"),
    "change": Kind("Change", "changes"),
    "priority": Kind("Priority", "priorities"),
    "work-area": Kind("Work area", "work areas"),
    "equality-action": Kind("Equality action", "equality actions"),
    "deliverable": Kind("Deliverable", "deliverables"),
    "kpi": Kind("Indicator", "indicators"),
    "reading": Kind("Reading", "readings"),
    "review": Kind("Review", "reviews"),
}
#: The kinds that every way through is drawn by; the others stand beside it.
CHAIN = ("finding", "priority", "work-area", "deliverable", "kpi", "reading", "review")
#: Parts of a plan: they are named by their reference, and links to them by plan and reference, such as 2020-25/1.2.
PARTS = ("priority", "work-area", "deliverable")

#: (from, to) -> what the first does to the second, read downwards.
LINKS: dict[tuple[str, str], str] = {
    ("finding", "priority"): "is taken up by",
    **{("ambition", part): "is served by" for part in PARTS},
    ("comment", "change"): "led to",
    **{("comment", part): "is about" for part in PARTS},
    **{("change", part): "changed" for part in PARTS},
    ("priority", "work-area"): "is worked on in",
    ("priority", "deliverable"): "is served by",
    ("priority", "kpi"): "is measured by",
    ("work-area", "deliverable"): "is served by",
    ("work-area", "kpi"): "is measured by",
    ("equality-action", "deliverable"): "is carried out by",
    ("deliverable", "kpi"): "would show in",
    ("deliverable", "review"): "was reviewed in",
    ("kpi", "reading"): "was last read as",
    ("kpi", "review"): "was reviewed in",
}
#: Links that people make; every other follows from what the plan and the records say.
BY_HAND = (("finding", "priority"), *(("comment", part) for part in PARTS), ("equality-action", "deliverable"))
#: Where a link leads that says that a finding is not taken up, with the reason.
NOBODY: Key = ("nobody", "")


@dataclass(frozen=True)
class Need:
    """What a kind may not be without: one link from, or to, any of some kinds; or something said of itself.

    lacks : what is missing, in words;  when : needed only of nodes of which this is said
    """

    lacks: str
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    said: str = ""
    when: str = ""


#: kind -> what it needs. Readings and reviews need nothing more than what they are made from.
NEEDS: dict[str, tuple[Need, ...]] = {
    "finding": (Need("a priority that takes it up, or the reason why none does", down=("priority",)),),
    "ambition": (Need("anything in the plan that is said to serve it", down=PARTS),),
    "comment": (Need("the change that it led to", down=("change",), when="accepted"),),
    "change": (Need("a reason", said="reason"),),
    "priority": (
        Need("a finding of the evidence", up=("finding",)),
        Need("a work area", down=("work-area",)),
    ),
    "work-area": (
        Need("a deliverable", down=("deliverable",)),
        Need("an indicator", down=("kpi",)),
    ),
    "equality-action": (
        Need("a deliverable that carries it out", down=("deliverable",)),
        Need("an owner", said="owner"),
    ),
    "deliverable": (
        Need("a work area", up=("work-area",)),
        Need("an indicator", down=("kpi",)),
        Need("a lead", said="lead"),
    ),
    "kpi": (Need("a priority or work area in this plan", up=("priority", "work-area")),),
    "reading": (),
    "review": (),
}


@dataclass(frozen=True)
class Node:
    """One thing on the thread.

    said : what is said of it that a need may ask for: lead, reason, owner, accepted
    why : the reason given for what is not said of it;  set_aside : why nothing need follow from it; then it lacks nothing
    """

    kind: str
    ref: str
    title: str
    said: frozenset[str] = frozenset()
    why: str = ""
    set_aside: str = ""
    is_example: bool = False

    @property
    def key(self) -> Key:
        """Its kind and reference."""
        return self.kind, self.ref


@dataclass(frozen=True)
class Link:
    """That one thing leads to another, down the thread."""

    above: Key
    below: Key


@dataclass(frozen=True)
class Graph:
    """Everything that hangs together. Raises ValueError for a link whose end is not there or that `LINKS` does not know."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...] = field(default=())

    def __post_init__(self) -> None:
        for node in self.nodes:
            if node.kind not in KINDS:
                raise ValueError(f"{node.kind} is no kind of thing on the thread")
        for link in self.links:
            if (link.above[0], link.below[0]) not in LINKS or not {link.above, link.below} <= self.held.keys():
                raise ValueError(f"nothing leads from {link.above} to {link.below}")

    @cached_property
    def held(self) -> Mapping[Key, Node]:
        """{key: node}"""
        return {node.key: node for node in self.nodes}

    @cached_property
    def below(self) -> Mapping[Key, tuple[Node, ...]]:
        """{key: what it leads to}, in the order of the nodes."""
        return self._sides(lambda link: (link.above, link.below))

    @cached_property
    def above(self) -> Mapping[Key, tuple[Node, ...]]:
        """{key: what leads to it}, in the order of the nodes."""
        return self._sides(lambda link: (link.below, link.above))

    def _sides(self, ends: Ends) -> Mapping[Key, tuple[Node, ...]]:
        found: dict[Key, set[Key]] = {}
        for one, other in map(ends, dict.fromkeys(self.links)):
            found.setdefault(one, set()).add(other)
        return {key: tuple(n for n in self.nodes if n.key in others) for key, others in found.items()}

    def of(self, kind: str) -> tuple[Node, ...]:
        """The nodes of a kind."""
        return tuple(node for node in self.nodes if node.kind == kind)


@dataclass(frozen=True)
class Orphan:
    """A missing link: what a node needs and lacks. why : the reason that is given, where there is one"""

    kind: str
    ref: str
    title: str
    lacks: str
    why: str = ""

    @property
    def key(self) -> Key:
        """The node's."""
        return self.kind, self.ref


def orphans(graph: Graph) -> tuple[Orphan, ...]:
    """Every need that is not met, in the order of the thread; one line for each."""
    ordered = sorted(graph.nodes, key=lambda n: list(KINDS).index(n.kind))
    return tuple(
        Orphan(n.kind, n.ref, n.title, need.lacks, n.why if need.said else "")
        for n in ordered
        for need in NEEDS[n.kind]
        if _lacks(graph, n, need)
    )


def _lacks(graph: Graph, node: Node, need: Need) -> bool:
    if node.set_aside or (need.when and need.when not in node.said):
        return False
    if need.said:
        return need.said not in node.said
    above = any(n.kind in need.up for n in graph.above.get(node.key, ()))
    below = any(n.kind in need.down for n in graph.below.get(node.key, ()))
    return not (above or below)


def not_taken_up(graph: Graph) -> tuple[Node, ...]:
    """Findings that nothing need follow from, each with why in `set_aside`."""
    return tuple(n for n in graph.of("finding") if n.set_aside)


def through(graph: Graph, key: Key) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """(up, down): every way from a node to where the thread begins, and to where it ends; each starts next to the node."""
    return _paths(graph.above, key), _paths(graph.below, key)


def _paths(side: Mapping[Key, tuple[Node, ...]], key: Key) -> tuple[Path, ...]:
    return tuple((n, *rest) for n in side.get(key, ()) for rest in _paths(side, n.key) or ((),))


def levels(graph: Graph, key: Key) -> dict[str, tuple[Node, ...]]:
    """{kind: the nodes of it on any way through a node}, the node itself among them; every kind of the chain is there."""
    up, down = through(graph, key)
    met = {key, *(n.key for path in (*up, *down) for n in path)}
    found = {kind: tuple(n for n in graph.of(kind) if n.key in met) for kind in KINDS}
    return {kind: nodes for kind, nodes in found.items() if nodes or kind in CHAIN}
