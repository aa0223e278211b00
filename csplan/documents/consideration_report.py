"""The report on the answers to a consultation, and “we asked, you said, we did”: written from the records, quoting nobody who did not agree.

Words that came from people, and words that officers wrote about them, are printed as they stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from csplan.cycle import calendar
from csplan.documents.paper import Block, Bullets, Callout, Heading, Masthead, Paper, Paragraph, Table, escape, verbatim
from csplan.documents.sentences import count
from csplan.evidence.plain_words import capital

CHOSE_THEMSELVES = (
    "People chose themselves whether to answer. The 95% interval says how far chance alone could move a share if those who answered had "
    "been drawn by lot. They were not, so it says nothing of those who did not answer."
)


def consideration_report(told: Mapping[str, Any], *, paragraph: str, partnership: str, office: str, on: date) -> Paper:
    """The report. told : of `reading.results.results`, considered;  paragraph : the answers in short;  on : the day it was approved"""
    about = told["consultation"]
    blocks: list[Block] = [
        Paragraph(escape(paragraph), "lead"),
        Heading(2, "What was made of the answers"),
        Paragraph(verbatim(told["consideration"]["summary"])),
        Heading(2, "Every answer is accounted for"),
        _account(told["account"]),
    ]
    if told["themes"]:
        blocks.append(Heading(2, "What people wrote about, and what was decided"))
        for t in told["themes"]:
            blocks += _theme(t)
        if told["agreement"] and told["agreement"]["pooled"]:
            blocks.append(
                Paragraph(escape(f"{told['agreement']['words']} {told['agreement']['pooled'].get('words', '')}".strip()))
            )
    if told["tallies"]:
        blocks += [Heading(2, "Question by question"), Paragraph(CHOSE_THEMSELVES)]
        blocks += [_tally(t) for t in told["tallies"]]
    blocks += _people(told["respondents"])
    if told["root_sha256"]:
        words = f"When the consultation closed, one fingerprint was taken over all answers: {told['root_sha256']}"
        blocks.append(Callout("That nothing is added, lost or altered", (escape(words),)))
    if about["is_example"]:
        blocks.append(Callout("An example", ("This consultation, its answers and what was decided are invented.",), "example"))
    return _paper(told, "Report on the answers", blocks, partnership=partnership, office=office, on=on)


def you_said(told: Mapping[str, Any], *, partnership: str, office: str, on: date) -> Paper:
    """We asked, you said, we did. told : as above"""
    about = told["consultation"]
    blocks: list[Block] = [
        Heading(2, "We asked"),
        Paragraph(verbatim(about["introduction"])),
        Paragraph(escape(f"{about['window']} {capital(count(told['responses']['received'], 'answer'))} came.")),
        Heading(2, "You said, and we did"),
    ]
    for t in told["themes"]:
        blocks += _theme(t)
    if not told["themes"]:
        blocks.append(Paragraph(verbatim(told["consideration"]["summary"])))
    if about["is_example"]:
        blocks.append(Callout("An example", ("This consultation, its answers and what was decided are invented.",), "example"))
    return _paper(told, "We asked, you said, we did", blocks, partnership=partnership, office=office, on=on)


def _paper(told: Mapping[str, Any], kicker: str, blocks: Sequence[Block], *, partnership: str, office: str, on: date) -> Paper:
    title = told["consultation"]["title"]
    return Paper(
        title=f"{kicker}: {title}",
        subject=f"What was said about {title}, and what was decided",
        author=office,
        date=on,
        header=partnership,
        footer=f"Approved on {calendar.in_words(on)}",
        head=Masthead(kicker, title, escape(told["consultation"]["window"])),
        blocks=tuple(blocks),
    )


def _account(a: Mapping[str, int]) -> Table:
    rows = (
        ("Received", f"{a['received']:,}"),
        ("Read and counted", f"{a['coded']:,}"),
        ("Withdrawn", f"{a['withdrawn']:,}"),
        ("Spam", f"{a['spam']:,}"),
        ("Considered", f"{a['considered']:,}"),
        ("Of these, in a group that says nearly the same", f"{a['flagged']:,}"),
        ("Considered without those groups", f"{a['without_flagged']:,}"),
    )
    return Table("Received = read and counted + withdrawn + spam", ("What", "Answers"), rows, "lr", (0.75, 0.25), id="account")


def _theme(t: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(3, t["title"])
    told = f"{capital(count(t['comments'], 'comment'))}."
    yield Paragraph(verbatim(f"{told} {t['words']}".strip()))
    if t.get("quotes"):
        yield Bullets(tuple(verbatim(f"“{words}”") for words in t["quotes"]))
    yield Paragraph(verbatim(f"What was decided: {t['decision_words']}. {t['reason']}"))
    for p in t["passages"]:
        yield Paragraph(verbatim(f"{p['title']}, before: {side(p, 'removed') or 'it was not there'}"))
        yield Paragraph(verbatim(f"After: {side(p, 'added') or 'it was taken out'}"))


def side(p: Mapping[str, Any], kept: str) -> str:
    """The exact words of one side of a comparison. kept : removed for the words before, added for those after"""
    texts = ["".join(r["words"] for r in f["runs"] if r["kind"] in ("same", kept)) for f in p["fields"]]
    return "\n".join(t for t in texts if t.strip())


def _tally(t: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            escape(c["choice"]),
            f"{c['count']:,}",
            "None answered" if c["share"] is None else f"{c['share']:.0%}",
            _interval(c),
            f"{c['without']:,}",
        )
        for c in t["choices"]
    )
    heads = ("Answer", "Put it first" if t["kind"] == "rank" else "People", "Share", "95% interval", "Without near copies")
    return Table(
        escape(t["words"]),
        heads,
        rows,
        "lrrrr",
        (0.4, 0.13, 0.12, 0.2, 0.15),
        id=f"q-{t['ref']}",
        subtitle=escape(f"{capital(count(t['answered'], 'person', 'people'))} answered."),
        small=True,
    )


def _interval(c: Mapping[str, Any]) -> str:
    return "None answered" if c["low"] is None else f"{c['low']:.0%} to {c['high']:.0%}"


def _people(rows: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    shown = [r for r in rows if r["told"] is not None]
    if not shown:
        return
    yield Heading(2, "Who answered, beside who lives here")
    for r in shown:
        cells = tuple(
            (
                escape(b["band"]),
                f"{b['count']:,}",
                f"{b['share']:.1%}",
                "Not held" if b["population_share"] is None else f"{b['population_share']:.1%}",
            )
            for b in r["bands"]
        )
        yield Table(
            escape(r["title"]),
            (r["title"], "Answered", "Share of those", "Share of the population"),
            cells,
            "lrrr",
            (0.4, 0.2, 0.2, 0.2),
            id=f"who-{r['characteristic']}",
            source=escape(f"Population: {r['source']}." if r["source"] else "No figure of the population is held."),
            small=True,
        )
