"""Sources of evidence: which there are, what of them is held, releases fetched, and mappings for files that none fits."""

from argparse import Namespace
from pathlib import Path

from csplan.commands.common import keeper, store, thousands
from csplan.errors import CsplanError
from csplan.terminal import command, options, takes


@command("evidence sources")
def evidence_sources(_: Namespace) -> None:
    """Every source that is read, and what of each is held."""
    from csplan.documents.sentences import count
    from csplan.evidence import editions, police, sources

    held = store()
    tables = editions.tables(held.manifest())
    rows = [
        {
            "source": s.name,
            "title": s.title,
            "publisher": s.publisher,
            "licence": s.licence,
            "kind": s.kind,
            "tried_on": s.tried_on,
            "held": [{"part": u.force or None, "edition": u.month, "rows": u.rows_loaded} for u in tables if u.source == s.name],
        }
        for s in sources.every(held.own_sources)
    ]
    words = [f"{police.SOURCE}: street-level crime, counted row by row; see csplan evidence status"]
    for source in sources.every(held.own_sources):
        words.append(f"{source.name}: {source.title} ({source.publisher})")
        words += [
            f"    held: {f'{u.force} {u.month}'.strip()}, {count(u.rows_loaded, 'row')}"
            for u in tables
            if u.source == source.name
        ]
    options.answer({"sources": rows}, "\n".join(words))


@command(
    "evidence look",
    takes("source", help="as csplan evidence sources prints it"),
    takes("--key", help="only rows of this code or name"),
    takes("--edition", help="of which year or month, where several are held"),
    takes("--most", type=int, default=20, metavar="N", help="at most so many rows (20)"),
)
def evidence_look(said: Namespace) -> None:
    """Rows of a table or a partner's return that is held, as they were read."""
    from csplan.evidence import editions, returns, sources, tables
    from csplan.evidence.manifest import RETURN

    held = store()
    if said.source.startswith(RETURN):
        asked = returns.named(said.source)
        name, key, there = asked.source, asked.place, editions.returns(held.manifest())
    else:
        source = sources.named(said.source, held.own_sources)
        name, key, there = source.name, source.key, editions.tables(held.manifest())
    units = [u for u in there if u.source == name and said.edition in (None, u.month)]
    if not units:
        raise CsplanError(f"Nothing of {name} is held. Give its file to csplan evidence load.")
    headings: list[str] = []
    found = []
    for unit in units:
        headings, rows = tables.lines(held.path(unit.events), key=key if said.key else "", value=said.key or "", most=said.most)
        found += [{"edition": unit.month, **dict(zip(headings, row, strict=True))} for row in rows]
    lines = [
        f"{row['edition']}: " + "; ".join(f"{h} {tables.shown(row[h])}" for h in headings[:12]) for row in found[: said.most]
    ]
    options.answer({"source": name, "rows": found[: said.most]}, "\n".join(lines) or "No row has that key.")


@command(
    "evidence map",
    takes("file", type=Path, help="a table, GeoJSON or TopoJSON file that no source fits"),
    takes("--to", type=Path, metavar="FILE.toml", help="where the mapping is written; else it is printed"),
)
def evidence_map(said: Namespace) -> None:
    """A mapping of a file's headings, to read through, correct and keep in `sources/` of the data folder."""
    from csplan.evidence import archive, sources, tables

    found = archive.find([said.file])
    members = [m for f in found for m in archive.members(f)]
    if len(members) != 1 or members[0].refusal is not None:
        raise CsplanError(f"{said.file.name} is not one file that can be read. Give one table.")
    own = store().own_sources
    known = tables.recognise(members[0].data, own)
    if known is not None:
        raise CsplanError(f"{said.file.name} is read already, as {known.name}. Give it to csplan evidence load.")
    made = tables.mapping(members[0].data, members[0].name)
    if said.to is not None:
        if said.to.exists():
            raise CsplanError(f"{said.to} is there already, so nothing was written. Give another name.")
        said.to.write_text(made, encoding="utf-8")
    kinds = ", ".join(sources.KINDS)
    where = f"Correct it (kinds of table: {kinds}), and put it into {own}."
    options.answer({"mapping": made}, f"{made}\n{where}" if said.to is None else f"Written to {said.to}. {where}")


@command(
    "evidence fetch",
    takes("source", help="as police.uk/street"),
    takes("--month", action="append", dest="months", metavar="MONTH", help="which month, as 2025-12; may be given again"),
)
def evidence_fetch(said: Namespace) -> int:
    """Download an official release, going on where it was cut off, then load it."""
    from csplan.evidence import fetch
    from csplan.evidence.load import load

    held, address, worst = store(), fetch.find(said.source), 0
    units, words = [], []
    for month in said.months or [None]:
        url = fetch.url_of(address, month)
        file = held.folder / "fetched" / url.rsplit("/", 1)[-1]
        fetch.fetch(url, file, address=address, progress=_progress)
        report = load(held, [file], by=keeper(), progress=options.progress)
        # What was loaded is kept as received; the archive itself need not be.
        file.unlink()
        document, worst = report.as_json(), max(worst, report.exit_code)
        units += document["units"]
        words.append(f"{file.name}: {thousands(document['totals']['rows_loaded'])} rows loaded.")
    options.answer({"source": address.source, "units": units}, "\n".join(words))
    return worst


@command("evidence find", takes("text", nargs="+", help="a postcode, the name of a place, or a code"))
def evidence_find(said: Namespace) -> int:
    """The areas that a postcode, a name or a code may mean, likeliest first. Exit code 1 when there is none."""
    from csplan.evidence import areas, places
    from csplan.evidence.postcodes import Postcodes

    district = places.district_of(options.partnership)
    if district is None:
        raise CsplanError("Say in which partnership to look, with --partnership.")
    found = areas.search(" ".join(said.text), county=district, postcodes=Postcodes(store()))
    rows = [{"code": area.code, "name": area.name, "type": area.type} for area in found]
    words = "\n".join(f"{area.code}  {area.name} ({area.type})" for area in found)
    options.answer({"areas": rows}, words or "Nothing here is like that. Write a postcode, a place or a code such as E01020590.")
    return 0 if found else 1


@command(
    "evidence points",
    takes(
        "--outlines",
        default="ons/lsoa-2021-simplified",
        metavar="SOURCE",
        help="outlines that are held (ons/lsoa-2021-simplified)",
    ),
)
def evidence_points(said: Namespace) -> None:
    """Whether the published points lie in the small areas whose codes the files give them. A check: no figure comes of it."""
    from csplan.evidence import points

    document = points.check(store(), said.outlines)
    looked = document["agree"] + document["elsewhere"] + document["outside"]
    share = f" ({document['agree'] / looked:.1%})" if looked else ""
    words = [
        f"{thousands(document['agree'])} of {thousands(looked)} rows{share} lie in the area of their code.",
        f"{thousands(document['elsewhere'])} lie in another area, {thousands(document['outside'])} in none.",
        f"{thousands(document['without_point'])} have no point, and {thousands(document['other_codes'])} a code these outlines lack.",
        *(
            f"  {a['code']}: {thousands(a['elsewhere'])} of {thousands(a['rows'])} rows lie elsewhere"
            for a in document["areas"][:5]
        ),
    ]
    options.answer(document, "\n".join(words))


def _progress(got: int, total: int) -> None:
    if options.progress is not None and total:
        options.progress(got // 2**20, total // 2**20, "MB")
