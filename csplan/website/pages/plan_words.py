"""What officers wrote in a plan, as a page shows it: Markdown made safe, with the live figures as they were sealed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from csplan.documents import markdown
from csplan.evidence import references


@dataclass(frozen=True)
class Figures:
    """words : {reference: what stands in its place};  moved : {reference: a sentence when it would be another now}"""

    words: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)


def html(words: str, figures: Figures, *, top: int = 4) -> str:
    """Safe HTML of Markdown; empty for no words."""
    return markdown.to_html(words, figures.words, top=top) if words.strip() else ""


def moved(texts: Iterable[str], figures: Figures) -> list[str]:
    """A sentence for each sealed figure of the texts that would be another by now."""
    refs = dict.fromkeys(w.ref for text in texts for w in references.written(text))
    return [f"{figures.words[ref]}: {figures.moved[ref]}" for ref in refs if ref in figures.moved and ref in figures.words]
