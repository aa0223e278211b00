"""What hangs together and what does not: every need of every kind, and the ways through."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplan.cycle.thread import (
    BY_HAND,
    CHAIN,
    KINDS,
    LINKS,
    NEEDS,
    PARTS,
    Graph,
    Link,
    Node,
    levels,
    not_taken_up,
    orphans,
    through,
)

ORDER = list(KINDS)


def graph(*pieces):
    return Graph(tuple(p for p in pieces if isinstance(p, Node)), tuple(p for p in pieces if isinstance(p, Link)))


def node(name, **more):
    """ "priority 1" """
    kind, _, ref = name.partition(" ")
    return Node(kind, ref, f"{kind} {ref}", **more)


def link(above, below):
    return Link(node(above).key, node(below).key)


def lacking(*pieces):
    return [(f"{o.kind} {o.ref}", o.lacks) for o in orphans(graph(*pieces))]


SAID = frozenset({"lead", "reason", "owner"})
ACCEPTED = frozenset({"accepted"})
NO_PRIORITY = "a priority that takes it up, or the reason why none does"


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        # finding: nobody took it up; said why not; taken up
        ([node("finding F1")], [("finding F1", NO_PRIORITY)]),
        ([node("finding F1", set_aside="too small")], []),
        # priority without a finding and without a work area; with both
        ([node("priority 1")], [("priority 1", "a finding of the evidence"), ("priority 1", "a work area")]),
        (
            [node("finding F1"), node("priority 1"), node("work-area 1.1"), link("finding F1", "priority 1"), link("priority 1", "work-area 1.1")],
            [("work-area 1.1", "a deliverable"), ("work-area 1.1", "an indicator")],
        ),
        # deliverable: no work area, no indicator, no lead; then each but one
        ([node("deliverable 1.1.1")], [("deliverable 1.1.1", x) for x in ("a work area", "an indicator", "a lead")]),
        (
            [node("priority 1"), node("deliverable 1.1.1", said=SAID), node("kpi K1"), link("deliverable 1.1.1", "kpi K1"), link("priority 1", "deliverable 1.1.1")],
            [("priority 1", "a finding of the evidence"), ("priority 1", "a work area"), ("deliverable 1.1.1", "a work area"),
             ("kpi K1", "a priority or work area in this plan")],
        ),
        # indicator that measures nothing in the plan; that measures a priority
        ([node("kpi K1")], [("kpi K1", "a priority or work area in this plan")]),
        # comment: not accepted needs nothing; accepted needs its change
        ([node("comment 1/C1")], []),
        ([node("comment 1/C1", said=ACCEPTED)], [("comment 1/C1", "the change that it led to")]),
        ([node("comment 1/C1", said=ACCEPTED), node("change 2/vision", said=SAID), link("comment 1/C1", "change 2/vision")], []),
        # change without a reason
        ([node("change 2/vision")], [("change 2/vision", "a reason")]),
        # equality action: neither; no owner
        ([node("equality-action 1/E1")], [("equality-action 1/E1", "a deliverable that carries it out"), ("equality-action 1/E1", "an owner")]),
        # an ambition that nothing serves
        ([node("ambition v/1")], [("ambition v/1", "anything in the plan that is said to serve it")]),
        ([node("reading K1 2025"), node("review 2020/21")], []),
    ],
)  # fmt: skip
def test_what_each_kind_may_not_be_without(pieces, expected):
    assert lacking(*pieces) == expected


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("priority 1", "finding F1"),  # upwards
        ("finding F1", "deliverable 1.1.1"),  # no such link
        ("finding F1", "priority 2"),  # its end is not there
    ],
)
def test_a_link_that_cannot_be_is_refused(above, below):
    with pytest.raises(ValueError, match="nothing leads from"):
        graph(node("finding F1"), node("priority 1"), node("deliverable 1.1.1"), link(above, below))
    with pytest.raises(ValueError, match="no kind of thing"):
        graph(Node("hope", "1", "Hope"))


def test_the_table_is_complete_and_goes_down_only():
    assert set(NEEDS) == set(KINDS)
    assert all(ORDER.index(above) < ORDER.index(below) for above, below in LINKS)
    assert set(BY_HAND) <= set(LINKS) and set(CHAIN) <= set(KINDS) and set(PARTS) <= set(CHAIN)
    for kind, needs in NEEDS.items():
        for need in needs:
            assert sum(map(bool, (need.up, need.down, need.said))) == 1
            assert all((above, kind) in LINKS for above in need.up) and all((kind, below) in LINKS for below in need.down)


def test_the_reason_for_a_lead_that_is_not_named_goes_with_it_alone():
    found = orphans(graph(node("deliverable 1.1.1", why="not stated")))
    assert {o.lacks: o.why for o in found} == {"a work area": "", "an indicator": "", "a lead": "not stated"}


def test_a_finding_that_is_set_aside_is_listed_with_why():
    found = not_taken_up(graph(node("finding F1", set_aside="too small"), node("finding F2")))
    assert [(n.ref, n.set_aside) for n in found] == [("F1", "too small")]


# finding F1 ── priority 1 ─┬─ work area 1.1 ─┬─ deliverable 1.1.1 ─┬─ indicator K1 ── reading
#                           └─ work area 1.2  └─────────────────────┘
SMALL = graph(
    *map(node, ("finding F1", "priority 1", "work-area 1.1", "work-area 1.2", "deliverable 1.1.1", "kpi K1", "reading K1 2025")),
    link("finding F1", "priority 1"),
    link("priority 1", "work-area 1.1"),
    link("priority 1", "work-area 1.2"),
    link("work-area 1.1", "deliverable 1.1.1"),
    link("work-area 1.1", "kpi K1"),
    link("deliverable 1.1.1", "kpi K1"),
    link("kpi K1", "reading K1 2025"),
)


def test_every_way_through_a_work_area():
    up, down = through(SMALL, ("work-area", "1.1"))
    assert [[n.ref for n in path] for path in up] == [["1", "F1"]]
    assert [[n.ref for n in path] for path in down] == [["1.1.1", "K1", "K1 2025"], ["K1", "K1 2025"]]


def test_a_level_of_the_chain_is_there_even_where_it_is_empty():
    found = levels(SMALL, ("work-area", "1.1"))
    assert list(found) == list(CHAIN)
    assert [n.ref for n in found["work-area"]] == ["1.1"] and found["review"] == ()
    assert [n.ref for n in levels(SMALL, ("finding", "F1"))["work-area"]] == ["1.1", "1.2"]


@st.composite
def graphs(draw):
    """Any graph of up to two things of each kind, with any of the links that may be."""
    nodes = [
        Node(kind, str(n), f"{kind} {n}", said=frozenset(draw(st.sets(st.sampled_from(["lead", "reason", "owner", "accepted"])))))
        for kind in KINDS
        for n in range(draw(st.integers(0, 2)))
    ]
    may_be = [Link(a.key, b.key) for a in nodes for b in nodes if (a.kind, b.kind) in LINKS]
    return Graph(tuple(nodes), tuple(draw(st.lists(st.sampled_from(may_be), unique=True)) if may_be else ()))


@given(graphs())
def test_what_is_above_one_thing_has_that_thing_below_it(held):
    above = {n.key: {m.key for path in through(held, n.key)[0] for m in path} for n in held.nodes}
    below = {n.key: {m.key for path in through(held, n.key)[1] for m in path} for n in held.nodes}
    for one in held.nodes:
        assert one.key not in above[one.key] | below[one.key]
        assert all((other.key in above[one.key]) == (one.key in below[other.key]) for other in held.nodes)


@given(graphs())
def test_every_step_of_every_way_is_a_link(held):
    links = set(held.links)
    for one in held.nodes:
        up, down = through(held, one.key)
        for path in up:
            steps = [one, *path]
            assert all(Link(lower.key, upper.key) in links for upper, lower in itertools.pairwise(steps))
        for path in down:
            steps = [one, *path]
            assert all(Link(upper.key, lower.key) in links for upper, lower in itertools.pairwise(steps))


@given(graphs())
def test_orphans_are_exactly_the_nodes_that_lack_a_needed_link(held):
    found = {(o.key, o.lacks) for o in orphans(held)}
    for n in held.nodes:
        for need in NEEDS[n.kind]:
            has_link = any(
                (k.below == n.key and k.above[0] in need.up) or (k.above == n.key and k.below[0] in need.down) for k in held.links
            )
            is_asked = not need.when or need.when in n.said
            lacks = is_asked and not (need.said in n.said if need.said else has_link)
            assert ((n.key, need.lacks) in found) == lacks
