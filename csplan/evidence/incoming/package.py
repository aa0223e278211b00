"""What a file is by its own bytes, and what is refused before anything opens it.

Word files and workbooks are zip archives. Their members are read from memory and never written anywhere, by no name.
"""

import io
import re
import zipfile
import zlib

from csplan.errors import InputRejected

MIB = 1024 * 1024
#: A plan of a hundred pages with photographs is some ten megabytes.
FILE_BYTES = 20 * MIB
#: All members together, and the largest one. A workbook of 200,000 cells is some thirty megabytes of XML.
UNPACKED_BYTES, MEMBER_BYTES, MEMBERS = 200 * MIB, 64 * MIB, 5_000
#: XML packs thirty to one; nothing honest packs two hundred to one, once past the first few megabytes.
RATIO, ALWAYS_ALLOWED = 200, 16 * MIB

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL
)

#: What a program that makes such files calls it, for the sentence that refuses.
KINDS = {"docx": "a Word document", "xlsx": "an Excel workbook", "ods": "an OpenDocument spreadsheet", "csv": "a CSV file"}


def kind(data: bytes, name: str) -> str:
    """What the file is: docx, xlsx, ods or csv, whatever its name says. Anything else is refused with a sentence.

    name : as the person calls it; only ever printed, and looked at for its ending where the bytes are plain text
    """
    shown = safe_name(name)
    if len(data) > FILE_BYTES:
        raise InputRejected(
            f"{shown} is larger than {FILE_BYTES // MIB} MB. Give the part that is wanted alone, without pictures."
        )
    if not data.strip(b"\0\t\r\n "):
        raise InputRejected(f"{shown} is empty. Give a file that holds something.")
    if data.startswith(OLD_OFFICE):
        raise InputRejected(_old(data, shown))
    if data.startswith(_ZIP):
        return _packed_kind(data, shown)
    if data.startswith(b"%PDF"):
        raise InputRejected(f"{shown} is a PDF, in which headings and lists are not marked. Give the Word file it was made from.")
    if data.startswith(b"{\\rtf"):
        raise InputRejected(f"{shown} is a rich text file. Open it in Word and save it as a Word document (.docx).")
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]):
        raise InputRejected(
            f"{shown} is a web page, whatever its name says. Open it in Word or Excel and save it as .docx or .xlsx."
        )
    if name.lower().endswith((".csv", ".tsv")):
        return "csv"
    raise InputRejected(
        f"{shown} is no Word document, workbook or CSV file. Open it in Word or Excel and save it as .docx, .xlsx, .ods or .csv."
    )


def safe_name(name: str) -> str:
    """The file's own name, without its folders and without signs that a terminal or a page would act on."""
    shown = "".join(c for c in re.split(r"[\\/]", name)[-1] if c.isprintable())
    return shown[:80] or "The file"


def _old(data: bytes, shown: str) -> str:
    if _ENCRYPTED in data:
        return f"{shown} is locked with a password. Open it, remove the password and save it again."
    return f"{shown} is in the older Office format (.doc or .xls). Open it and save it as .docx or .xlsx."


def _packed_kind(data: bytes, shown: str) -> str:
    """The kind of a zip archive that is fit to be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_members(archive, shown, len(data))
            return _kind_of_members(archive, shown)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError) as e:
        raise InputRejected(damaged(shown)) from e


def damaged(shown: str) -> str:
    """The sentence for a file that was cut short or is not what it begins as."""
    return f"{shown} is damaged or was cut short. Open it, save it as a new file and give that one."


def check_members(
    archive: zipfile.ZipFile, shown: str, packed: int, *, most: int = UNPACKED_BYTES, largest: int = MEMBER_BYTES
) -> None:
    """Refuse an archive that is locked, or that says it unpacks to more than a document does."""
    inside = archive.infolist()
    if any(info.flag_bits & 1 for info in inside):
        raise InputRejected(f"{shown} is locked with a password. Open it, remove the password and save it again.")
    total = sum(info.file_size for info in inside)
    too_much = total > most or total > max(ALWAYS_ALLOWED, RATIO * packed)
    if too_much or len(inside) > MEMBERS or any(info.file_size > largest for info in inside):
        raise InputRejected(
            f"{shown} unpacks to far more than such a file holds. Copy what is wanted into a new file and give that one."
        )


def _kind_of_members(archive: zipfile.ZipFile, shown: str) -> str:
    names = set(archive.namelist())
    types = _start(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if b"macroEnabled" in types or any(n.rsplit("/", 1)[-1] == "vbaProject.bin" for n in names):
        raise InputRejected(f"{shown} holds macros, which are never run here. Save it as .docx or .xlsx, without macros.")
    if "word/document.xml" in names or b"wordprocessingml.document.main" in types:
        return "docx"
    if "xl/workbook.xml" in names or b"spreadsheetml.sheet.main" in types:
        return "xlsx"
    said = _start(archive, "mimetype").strip() if "mimetype" in names else b""
    if said == b"application/vnd.oasis.opendocument.spreadsheet":
        if b"encryption-data" in (_start(archive, "META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""):
            raise InputRejected(f"{shown} is locked with a password. Open it, remove the password and save it again.")
        return "ods"
    if said == b"application/vnd.oasis.opendocument.text":
        raise InputRejected(f"{shown} is an OpenDocument text. Open it and save it as a Word document (.docx).")
    raise InputRejected(
        f"{shown} is no Word document and no workbook. Open it in Word or Excel and save it as .docx, .xlsx, .ods or .csv."
    )


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first megabyte of a member: more than any such list has."""
    with archive.open(name) as member:
        return member.read(MIB)
