"""Print a paper as a tagged PDF (PDF/UA-1).

The paper goes to the fixed template `paper.typ` as JSON, so words are data and never markup: there is nothing to escape and
nothing is written to disk. Typst refuses a paper without title, alternative text or order of headings; let it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import typst

from csplan.documents import fonts
from csplan.documents.palette import TOKENS
from csplan.documents.paper import Figure, Paper
from csplan.documents.settled import as_values, settle, walk, words_of

TEMPLATE = Path(__file__).with_name("paper.typ")


def write(paper: Paper) -> bytes:
    """The paper as PDF bytes. CsplanError where the fonts are not made or a word has a sign that they lack."""
    settled = settle(paper)
    fonts.check_signs((*words_of(settled), *(b.svg for b in walk(settled.blocks) if isinstance(b, Figure))))
    values = {**as_values(settled), "palette": TOKENS, "family": fonts.FAMILY}
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        pdf_standards="ua-1",
        font_paths=[fonts.folder()],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(values, ensure_ascii=False)},
        timestamp=datetime(paper.date.year, paper.date.month, paper.date.day, tzinfo=UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no single PDF")
    return made
