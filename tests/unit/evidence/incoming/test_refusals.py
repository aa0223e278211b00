"""What is no plan is refused with one sentence, nothing is written, and a file made to exhaust the machine exhausts its reader alone."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplan.errors import CsplanError, InputRejected
from csplan.evidence.incoming import child, file, package

OLD = package.OLD_OFFICE


def packed(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


MACROS = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
ENCRYPTED_ODS = {
    "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": b"<manifest:encryption-data/>",
}


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("plan.docx", b"", "is empty"),
        ("plan.docx", b"\0" * 100, "is empty"),
        ("plan.docx", OLD + b"\0" * 600, "older Office format"),  # a .doc with a new ending
        ("plan.docx", OLD + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("plan.docx", b"<html><body><h1>Plan</h1></body></html>", "is a web page"),
        ("plan.docx", b"\xef\xbb\xbf<!-- saved --><!DOCTYPE HTML><html>", "is a web page"),
        ("plan.csv", b"<table><tr><td>Action</td></tr></table>", "is a web page"),  # what some systems export as CSV
        ("plan.docx", b"%PDF-1.7", "is a PDF"),
        ("plan.docx", b"{\\rtf1 Plan}", "rich text"),
        ("plan.docx", b"Priority 1: Safe homes", "no Word document, workbook or CSV"),
        ("plan.docx", packed({"[Content_Types].xml": MACROS, "word/document.xml": b"<x/>"}), "holds macros"),
        ("plan.xlsx", packed({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"}), "holds macros"),
        ("plan.docx", packed({"readme.txt": b"hello"}), "no Word document and no workbook"),
        ("plan.docx", packed({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument text"),
        ("plan.ods", packed(ENCRYPTED_ODS), "locked with a password"),
        ("plan.docx", packed({"word/document.xml": b"<x/>"}), "is damaged"),
        ("plan.xlsx", packed({"xl/workbook.xml": b"<x/>"}), "is damaged"),
        ("plan.docx", packed({"word/document.xml": b"<x/>"})[:60], "is damaged"),
        ("plan.docx", b"PK\x03\x04" + b"x" * 100, "is damaged"),
    ],
)
def test_what_is_no_plan_is_refused_with_a_sentence(name: str, data: bytes, sentence: str):
    with pytest.raises(InputRejected, match=sentence) as refused:
        file.read(data, name)
    assert refused.value.exit_code == 4
    assert str(refused.value).startswith(name) and str(refused.value).count(". ") >= 1


def test_a_file_that_is_too_large_is_refused_before_it_is_opened():
    with pytest.raises(InputRejected, match="larger than 20 MB"):
        file.read(b"PK\x03\x04" + b"x" * package.FILE_BYTES, "plan.docx")


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": b" " * (60 * package.MIB)},  # two hundred to one
        {f"word/{n}.xml": b"x" for n in range(package.MEMBERS + 1)},  # too many members
    ],
)
def test_an_archive_that_unpacks_to_too_much_is_refused(members: dict[str, bytes]):
    with pytest.raises(InputRejected, match="unpacks to far more"):
        file.read(packed(members), "plan.docx")


def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CsplanError, match="There is no file"):
        file.read_path(Path("nowhere/plan.docx"))


def test_the_name_of_a_file_is_only_printed():
    assert package.safe_name("../../etc/pass\x1b[31mwd.docx") == "pass[31mwd.docx"
    assert package.safe_name("C:\\plans\\plan.docx") == "plan.docx"
    assert package.safe_name("") == "The file"
    assert len(package.safe_name("x" * 500)) == 80


def test_reading_writes_nothing(word: Callable[[], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    made = word()
    made.heading("Plan")
    inside = io.BytesIO(made.bytes())
    with zipfile.ZipFile(inside, "a") as archive:
        archive.writestr("../outside.txt", "x")
        archive.writestr(str(tmp_path / "absolute.txt"), "x")
    assert [b.words for b in file.read(inside.getvalue(), "plan.docx").blocks] == ["Plan"]
    assert list(tmp_path.rglob("*")) == []
    assert not (tmp_path.parent / "outside.txt").exists()


def test_entities_of_a_files_own_are_never_followed(word: Callable[[], Any]):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word().bytes())) as whole, zipfile.ZipFile(out, "w") as made:
        for info in whole.infolist():
            content = whole.read(info)
            if info.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p>")
                content = content.replace(b"?>", b"?>" + bomb, 1)
            made.writestr(info.filename, content)
    found = file.read(out.getvalue(), "plan.docx")
    assert all("aaaa" not in b.words for b in found.blocks)


def test_the_reader_limits_its_own_memory_and_time():
    asks = (
        "import resource as r; from csplan.evidence.incoming import child; child.limit(); "
        "print(*(r.getrlimit(kind)[0] for kind in (r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_AS)))"
    )
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    seconds, written, memory = done.stdout.split()
    assert (seconds, written) == ("40", "0")
    assert int(memory) == child.MEMORY_BYTES or sys.platform == "darwin", "macOS knows no limit of memory"


@pytest.mark.parametrize("end", ["kill -9 $$", "echo MemoryError >&2; exit 1"])
def test_a_reader_that_was_ended_is_a_refusal(end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    ended = tmp_path / "reader"
    ended.write_text(f"#!/bin/sh\ncat >/dev/null\n{end}\n")
    ended.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(ended))
    with pytest.raises(InputRejected, match="needs more memory or time"):
        file.read(b"Action,Lead\na,b\n", "plan.csv")


def test_a_fault_of_ours_is_no_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "reader"
    broken.write_text("#!/bin/sh\ncat >/dev/null\necho KeyError >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(RuntimeError, match="KeyError"):
        file.read(b"Action,Lead\na,b\n", "plan.csv")


def test_a_reader_that_never_ends_is_a_refusal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(file, "PATIENCE_SECONDS", 0.001)
    with pytest.raises(InputRejected, match="needs more memory or time"):
        file.read(b"Action,Lead\na,b\n", "plan.csv")


@settings(max_examples=300)
@given(data=st.binary(max_size=400), name=st.sampled_from(["plan.docx", "plan.csv", "plan"]))
def test_any_bytes_are_a_kind_or_a_sentence(data: bytes, name: str):
    try:
        assert package.kind(data, name) in package.KINDS
    except InputRejected as refused:
        assert str(refused).endswith(".")
