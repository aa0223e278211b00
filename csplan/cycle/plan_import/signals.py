"""By which words a plan tells what is a priority, a work area and a deliverable, its vision, and its years.

A label stands in front of a title ("Strategic priority 1: …"). A cue stands over a list or at the end of a title and says what
follows ("by focusing on the following work areas:"). The partnership's own words for the levels count before all others.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from csplan.cycle.outline import Block

#: The levels of a plan, outermost first.
LEVELS = ("priority", "work_area", "deliverable")

#: level -> words by which others call it; singular, as in a label
SYNONYMS: dict[str, tuple[str, ...]] = {
    "priority": (
        "strategic priority", "priority", "priority area", "key priority", "objective", "strategic objective", "theme", "aim",
        "strategic aim", "goal", "outcome",
    ),
    "work_area": (
        "work area", "area of work", "area of focus", "focus area", "key area", "workstream", "work stream", "strand", "sub-priority",
    ),
    "deliverable": ("key deliverable", "deliverable", "key action", "action", "key activity", "activity", "milestone", "commitment"),
}  # fmt: skip

#: level -> what stands over a list of it, beside the plural of every word above
CUES: dict[str, tuple[str, ...]] = {
    "priority": ("what matters most",),
    "work_area": (
        "focus on", "focusing on", "by focusing on", "we will focus on", "our focus", "this includes work on",
    ),
    "deliverable": (
        "we will", "what we will do", "what will we do", "how we will do it", "how we will deliver", "how will we do this",
        "how we will do this", "what we are going to do", "what we plan to do", "to do this we will", "to achieve this we will",
        "we commit to", "action plan", "delivery plan",
    ),
}  # fmt: skip

_ORDINALS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*[a-z]?|[A-Z]|[IVX]{{2,4}}|(?i:{'|'.join(_ORDINALS)}))"
_AFTER = r"[.):]?\s*[:.–—-]?\s*"
#: Words before a plural that make no difference: "our strategic priorities", "examples of the key deliverables are".
_BEFORE_CUE = r"(?:(?:some\s+)?examples\s+of\s+|by\s+focusing\s+on\s+|(?:we\s+will\s+)?focus(?:ing)?\s+on\s+|what\s+are\s+)?(?:the\s+|our\s+|these\s+|with\s+)*(?:following\s+|main\s+|six\s+|five\s+|four\s+|three\s+|agreed\s+)*"
_AFTER_CUE = r"(?:\s+(?:are|include|is|will\s+be|for|in|from)(?:\s+(?:as\s+follows|these))?)?(?:\s*\(?\d{4}\s*(?:[-–/]|to)\s*\d{2,4}\)?)?\s*[:.?–—-]*"

#: A label followed by more words than these is a sentence, unless a sign parts them.
TITLE_WORDS = 60
#: Nothing longer is looked at for a label, an announcement or the vision: it is no line of a plan, and looking costs its square.
LONGEST = 2_000


@dataclass(frozen=True)
class Labelled:
    """A title with what stood in front of it. number : as written, "" where none; follows : level that its last words announce"""

    level: str
    title: str
    number: str = ""
    follows: str | None = None


@dataclass(frozen=True)
class Signals:
    """The words of one partnership and one file: patterns with their levels, the longest word first"""

    labels: tuple[tuple[re.Pattern[str], str], ...]
    cues: tuple[tuple[re.Pattern[str], str], ...]
    suffixes: tuple[tuple[re.Pattern[str], str], ...]


def signals(words: Mapping[str, str], blocks: Iterable[Block]) -> Signals:
    """The words to go by.

    words : what the partnership calls each level, such as {"priority": "Strategic priority"}
    blocks : the file, because "Objective" is a priority where no other word for one is used, and a work area below "Priority"
    """
    levels = _levels_of_words(words, tuple(blocks))
    by_length = sorted(levels, key=len, reverse=True)
    cues = [(plural(w), levels[w]) for w in by_length] + [(w, level) for level, some in CUES.items() for w in some]
    return Signals(
        labels=tuple((_label(w), levels[w]) for w in by_length),
        cues=tuple((re.compile(f"{_BEFORE_CUE}{_spaced(w)}{_AFTER_CUE}", re.IGNORECASE), level) for w, level in cues),
        suffixes=tuple((_suffix(plural(w)), levels[w]) for w in by_length),
    )


def _levels_of_words(words: Mapping[str, str], blocks: tuple[Block, ...]) -> dict[str, str]:
    """{word: level}. Of several words for a priority that label titles of the file, the first is one and the others stand below it.

    Words for a priority that label no title are then left out, so that "Aim: …" under a priority is no priority of its own.
    """
    own = {word.lower(): level for level, word in words.items() if level in LEVELS and word}
    levels = {w: level for level in LEVELS for w in SYNONYMS[level]} | own
    outermost = [w for w, level in levels.items() if level == "priority"]
    patterns = [(_label(w), _family(w)) for w in sorted(outermost, key=len, reverse=True)]
    used: list[str] = []
    for block in blocks:
        found = next(((m, family) for pattern, family in patterns if (m := pattern.fullmatch(block.words))), None)
        if found and found[1] not in used and (block.kind in ("heading", "item") or block.strong or found[0]["number"]):
            used.append(found[1])
    first = next((_family(w) for w, level in own.items() if level == "priority" and _family(w) in used), used[0] if used else "")
    below = {w: "work_area" for w in outermost if _family(w) in used and _family(w) != first}
    unused = {w for w in outermost if used and _family(w) not in used}
    return {w: below.get(w, level) for w, level in levels.items() if w not in unused}


def _family(word: str) -> str:
    """ "strategic priority" and "priority area" are both a priority."""
    return re.sub(r"\b(strategic|key|area)\b", "", word).strip() or word


def plural(word: str) -> str:
    """ "priority" -> "priorities", "area of focus" -> "areas of focus"."""
    head, _, rest = word.partition(" of ")
    many = head[:-1] + "ies" if head.endswith("y") and not head.endswith(("ay", "ey")) else head + "s"
    return f"{many} of {rest}" if rest else many


def _spaced(words: str) -> str:
    return r"[\s-]+".join(re.escape(w) for w in re.split(r"[\s-]+", words))


def _label(word: str) -> re.Pattern[str]:
    """A label: the word with a number, with a sign, or both, before the title."""
    return re.compile(
        rf"(?i:{_spaced(word)})(?:\s+(?:(?i:no\.?|number)\s*)?(?P<number>{_NUMBER})(?P<sign>{_AFTER})(?=\s|\b|$|\W)|(?P<only>\s*[:–—]\s*|\s+-\s+))(?P<title>.*)",
        re.DOTALL,
    )


def _suffix(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<title>.+?)[\s,;:–—-]*\b(?i:(?:by\s+|through\s+)?(?:focusing|focussing|concentrating|working)\s+on\s+(?:the\s+)?(?:following\s+)?(?:key\s+)?{_spaced(words)})\s*[:.]?$",
        re.DOTALL,
    )


def labelled(block: Block, known: Signals) -> Labelled | None:
    """What a block that begins with a label is; None for any other, also for a sentence that only begins with such a word."""
    for pattern, level in known.labels if len(block.words) <= LONGEST else ():
        found = pattern.fullmatch(block.words)
        if found is None:
            continue
        title, sign = found["title"], (found["only"] or found["sign"] or "").strip()
        if not sign and not _may_begin_title(block, title, found.end("number")):
            continue
        if len(title.split()) > TITLE_WORDS and level != "deliverable":
            continue
        title, follows = without_suffix(title, known)
        return Labelled(level, clean(title), found["number"] or "", follows)
    return None


def _may_begin_title(block: Block, title: str, label_ends: int) -> bool:
    """Whether words after "Priority 1" without a sign between are its title, not the rest of a sentence."""
    if not title:
        return block.kind != "paragraph" or block.strong == block.words
    parted = block.strong and len(block.strong) <= label_ends + 1
    return bool(parted) or (block.kind in ("heading", "item") and (title[0].isupper() or title[0] in "‘“'\""))


def without_suffix(title: str, known: Signals) -> tuple[str, str | None]:
    """A title without the words at its end that say what follows, and the level that they announce."""
    for pattern, level in known.suffixes if len(title) <= LONGEST else ():
        found = pattern.match(title)
        if found:
            return found["title"], level
    return title, None


def cue(block: Block, known: Signals) -> str | None:
    """The level that a line such as “Examples of the key deliverables are:” announces; None for any other line."""
    text = block.words.strip()
    if (
        len(text) > LONGEST
        or len(text.split()) > 14
        or (block.kind == "paragraph" and block.strong != block.words and text[-1:] not in ":–—-")
    ):
        return None
    return next((level for pattern, level in known.cues if pattern.fullmatch(text)), None)


def clean(title: str) -> str:
    """A title without the signs that only led on to what follows it."""
    return " ".join(title.split()).rstrip(" :;,–—-").strip()


def same(one: str, other: str) -> bool:
    """Whether two titles are the same to a reader."""
    return _key(one) == _key(other)


def _key(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title).casefold().strip()


# ---- the vision and the years --------------------------------------------------------------------

_QUOTED = re.compile(r"(?<![\w])(?:“(?P<a>[^”]{8,400})”|\"(?P<b>[^\"]{8,400})\"|[‘'](?P<c>\S.{7,399}?)['’](?!\w))")
#: A heading over the vision alone.
_VISION_HEAD = re.compile(
    r"(?:our |the |a )?(?:shared )?vision(?: statement)?(?: for [\w ,()’'-]{1,80}| is)?\s*:?", re.IGNORECASE
)
_YEARS = re.compile(r"\b(20\d\d)(?:\s*/\s*\d\d(?=\s*(?:[-–—]|to)))?\s*(?:[-–—/]|\bto\b)\s*(20\d\d|\d\d)(?:\s*/\s*(\d\d))?\b")
VISION_WORDS = 60


def quoted_vision(words: str) -> str | None:
    """The sentence in quotation marks after the word “vision”; None where there is none.

    >>> quoted_vision("The vision of the board is 'A county where every child’s home is safe'")
    'A county where every child’s home is safe'
    """
    at = words.lower().find("vision") if len(words) <= LONGEST else -1
    found = _QUOTED.search(words, at) if at >= 0 else None
    return next(g for g in found.groups() if g).strip() if found else None


def is_vision_heading(block: Block) -> bool:
    """Whether a heading or a line with a colon stands over the vision."""
    return bool(_VISION_HEAD.fullmatch(block.words)) and (block.kind == "heading" or block.words.endswith(":"))


def unquoted(words: str) -> str:
    """A text without the quotation marks around the whole of it."""
    found = re.fullmatch(r"[“\"‘'](.+)[”\"’']", words.strip(), re.DOTALL)
    return (found[1] if found else words).strip()


def years(title: str) -> tuple[date, date] | None:
    """The first and last day of a plan whose title tells its years: 1 April to 31 March; None where it tells none.

    >>> years("Plan 2020-25"), years("Plan 2021/22 to 2023/24")[1], years("Plan 2020")
    ((datetime.date(2020, 4, 1), datetime.date(2025, 3, 31)), datetime.date(2024, 3, 31), None)
    """
    found = _YEARS.search(title)
    if found is None:
        return None
    first = int(found[1])
    last = found[3] or found[2]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return (date(first, 4, 1), date(end, 3, 31)) if first < end <= first + 30 else None
