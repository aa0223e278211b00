"""A letter that an officer brings in, read to plain words: an e-mail (.eml), a Word document (.docx) or plain text (.txt).

The words are only ever shown as words: what looks like a formula, a script or a template in them is letters like any others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from html.parser import HTMLParser

from csplan.cycle import clock
from csplan.cycle.outline import Outline
from csplan.errors import InputRejected
from csplan.evidence.incoming import file, package

#: A letter is smaller than a plan. Parts and nesting: far beyond what a program that writes e-mail makes.
LETTER_BYTES, MOST_PARTS, DEEPEST, MOST_LETTERS, MOST_FILES = 10 * package.MIB, 60, 6, 100_000, 5
KINDS = {"eml": "an e-mail", "docx": "a Word document", "txt": "plain text"}
HEADS = ("From", "To", "Date", "Subject")
REST = "… There is more in the file than is shown here. Open the file to read on."
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object"})
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "hr"})


@dataclass(frozen=True)
class Read:
    """What a file is, of KINDS, and its words: never empty. sent_on : the London day that an e-mail gives; None where none is"""

    kind: str
    text: str
    sent_on: date | None = None


def read(data: bytes, name: str) -> Read:
    """The words of a letter. Raises InputRejected with one sentence for what is no letter, is damaged, or holds too much.

    name : as the person calls it; its ending tells e-mail from plain text, and it is printed in sentences
    """
    shown = package.safe_name(name)
    if len(data) > LETTER_BYTES:
        raise InputRejected(
            f"{shown} is larger than {LETTER_BYTES // package.MIB} MB, so bring in the letter without its pictures."
        )
    if not data.strip(b"\0\t\r\n "):
        raise InputRejected(f"{shown} is empty, so choose the file that holds the letter.")
    kind = _kind(data, name, shown)
    words = _tidy({"eml": _email, "docx": _word, "txt": _plain}[kind](data, shown))
    if not words:
        raise InputRejected(f"{shown} holds no words that can be read, so type the answer from the letter itself.")
    shown_words = words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS]}\n\n{REST}"
    return Read(kind, shown_words, _sent_on(data) if kind == "eml" else None)


def _kind(data: bytes, name: str, shown: str) -> str:
    ending = name.lower().rpartition(".")[2]
    if data.startswith(b"PK"):
        return "docx"
    if ending in ("eml", "txt") and not data.startswith((b"%PDF", package.OLD_OFFICE)):
        return ending
    if ending == "docx":
        raise InputRejected(package.damaged(shown))
    raise InputRejected(f"{shown} is no e-mail (.eml), Word document (.docx) or plain text (.txt), so save it as one of these.")


def _word(data: bytes, shown: str) -> str:
    """The words of a Word document, opened in a process of its own as every file from outside is."""
    try:
        if package.kind(data, shown) == "docx":
            return _outline(file.read(data, shown))
    except InputRejected:
        raise InputRejected(
            f"{shown} is locked, damaged or too large for a letter, so open it, save it as a new .docx and bring that in."
        ) from None
    raise InputRejected(f"{shown} is a workbook, so copy the letter into a Word document (.docx) and bring that in.")


def _outline(found: Outline) -> str:
    lines = list[str]()
    for block in found.blocks:
        if block.kind != "table":
            lines.append(block.printed)
            continue
        table = found.table(block.place)
        lines += [" | ".join(table.heads), *(" | ".join(row.cells) for row in table.rows)]
    return "\n".join([found.title, *lines] if found.title else lines)


def _plain(data: bytes, shown: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise InputRejected(f"{shown} is not plain text, whatever its name says, so save it as .txt, .docx or .eml.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _email(data: bytes, shown: str) -> str:
    """Sender, day and subject, the words, and those of each Word or text file that came with it."""
    try:
        message = message_from_bytes(data, policy=policy.default)
        heads = [f"{head}: {message[head]}" for head in HEADS if message[head]]
        parts = list(_parts(message, shown, 0))
    except InputRejected:
        raise
    except Exception as e:  # whatever a damaged message makes the library's parser raise
        raise InputRejected(package.damaged(shown)) from e
    if not heads:
        raise InputRejected(f"{shown} is no e-mail, whatever its name says, so save the e-mail again as .eml.")
    return "\n".join(heads) + "\n\n" + "\n\n".join(words for part in _attached(parts, shown) if (words := part.strip()))


def _sent_on(data: bytes) -> date | None:
    """The day an e-mail says it was sent; None where it says none that can be read."""
    try:
        sent = message_from_bytes(data, policy=policy.default)["Date"].datetime
        return clock.day_of(sent) if sent.tzinfo else sent.date()
    except Exception:  # whatever a damaged head makes the library's parser raise
        return None


def _parts(message: Message, shown: str, depth: int, seen: list[int] | None = None) -> Iterator[EmailMessage]:
    """The parts that hold something, in order. Of an alternative the plain one, else the page."""
    seen = [0] if seen is None else seen
    seen[0] += 1
    if depth > DEEPEST or seen[0] > MOST_PARTS:
        raise InputRejected(f"{shown} holds too many e-mails or files inside each other, so bring in each one by itself.")
    if not message.is_multipart():
        if isinstance(message, EmailMessage):
            yield message
        return
    inside = [part for part in message.get_payload() if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        inside = [next((p for p in inside if p.get_content_type() == "text/plain"), inside[-1])] if inside else []
    for part in inside:
        yield from _parts(part, shown, depth + 1, seen)


def _attached(parts: list[EmailMessage], shown: str) -> Iterator[str]:
    opened = 0
    for part in parts:
        name, kind = package.safe_name(part.get_filename() or ""), part.get_content_type()
        data = part.get_payload(decode=True)
        data = data if isinstance(data, bytes) else b""
        if part.get_filename() and name.lower().endswith(".docx"):
            opened += 1
            if opened > MOST_FILES:
                raise InputRejected(f"{shown} has more than {MOST_FILES} Word documents with it, so bring in each one by itself.")
            yield f"[With it came {name}]\n{_attached_word(data, name)}"
        elif kind in ("text/plain", "text/html"):
            words = _decoded(data, part.get_content_charset())
            words = html_words(words) if kind == "text/html" else words
            yield f"[With it came {name}]\n{words}" if part.get_filename() else words
        else:
            yield f"[With it came {name}, which is not read here]"


def _attached_word(data: bytes, name: str) -> str:
    try:
        return _word(data, name)
    except InputRejected as refused:
        return str(refused)


def _decoded(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


class _Page(HTMLParser):
    """The words of a page, a line for each block; nothing of it is run or fetched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a line, or a stretch that is not shown."""
        if tag in _UNSEEN:
            self.unseen.append(tag)
        elif tag in _BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what began."""
        if tag == "body" or (tag == "head" and "head" in self.unseen):
            self.unseen.clear()
        elif self.unseen and tag == self.unseen[-1]:
            self.unseen.pop()
        elif tag in _BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        """Words, with their blanks as a browser shows them."""
        if not self.unseen:
            self.found.append(" ".join(f"_{data}_".split())[1:-1])


def html_words(page: str) -> str:
    """The words of an e-mail that was written as a web page."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return "".join(reader.found)


def _tidy(words: str) -> str:
    """Lines that end one way, at most one blank one in a row, and no sign that cannot be printed."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").encode("utf-8", "ignore").decode()
    kept, out = "".join(c for c in lines if c.isprintable() or c in "\n\t"), list[str]()
    for line in (line.rstrip() for line in kept.split("\n")):
        if line or (out and out[-1]):
            out.append(line)
    return "\n".join(out).strip()
