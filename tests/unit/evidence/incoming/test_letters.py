"""Letters are read to plain words; what is no letter, is damaged or holds too much is refused in one sentence."""

import io
from email.message import EmailMessage

import docx
import pytest

from csplan.errors import InputRejected
from csplan.evidence.incoming import letters

NASTY = "=HYPERLINK(1) {{ 7*7 }} <script>alert(1)</script>"


def word(*lines):
    made, kept = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(kept)
    return kept.getvalue()


def mail(words=None, page=None, files=()):
    made = EmailMessage()
    made["From"], made["Subject"] = "resident@example.org", "Réponse"
    if words is not None:
        made.set_content(words)
    if page is not None:
        (made.add_alternative if words is not None else made.set_content)(page, subtype="html")
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def test_each_kind_is_read_to_its_words():
    assert letters.read(b"\xef\xbb\xbfMore\r\nlights", "a.txt") == letters.Read("txt", "More\nlights")
    assert letters.read(b"lights \x96 please", "a.txt").text == "lights \u2013 please"
    assert letters.read("More lights".encode("utf-16"), "a.txt").text == "More lights"
    assert letters.read(word("More lights", "by the park"), "a.docx") == letters.Read("docx", "More lights\nby the park")
    read = letters.read(mail("More lights", "<p>Other</p>"), "a.eml")
    assert read.kind == "eml" and "Subject: Réponse" in read.text and "More lights" in read.text and "Other" not in read.text


def test_an_email_that_is_only_a_page_gives_its_words_and_nothing_that_runs():
    page = "<html><head><title>T</title><style>p{}</style></head><body><p>More <b>lights</b></p><script>steal()</script><p>Caf&eacute; &lt;b&gt;</body>"
    text = letters.read(mail(page=page), "a.eml").text
    assert "More lights\n" in text and "Café <b>" in text
    assert not any(gone in text for gone in ("steal", "p{}", "<p>"))


def test_word_files_with_an_email_are_read_and_others_named():
    text = letters.read(mail("See the file", files=[("answer.docx", word("Lamps first")), ("x.exe", b"MZ")]), "a.eml").text
    assert "With it came answer.docx]\nLamps first" in text and "x.exe, which is not read" in text
    assert "damaged" in letters.read(mail("Hello", files=[("bad.docx", b"PK\x03\x04cut")]), "a.eml").text


def test_signs_of_other_programs_stay_letters():
    assert letters.read(NASTY.encode(), "a.txt").text == NASTY


def nested(times):
    made = mail("inside")
    for n in range(times):
        made = (
            f'From: a@example.org\r\nContent-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\nContent-Type: message/rfc822\r\n\r\n'.encode()
            + made
            + f"\r\n--b{n}--\r\n".encode()
        )
    return made


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.eml", "is empty"),
        (b"\0\0", "a.txt", "is empty"),
        (b"%PDF-1.7", "a.pdf", "is no e-mail"),
        (b"%PDF-1.7", "a.txt", "is no e-mail"),
        (b"MZ\0\1", "a.txt", "not plain text"),
        (b"PK\x03\x04cut", "a.docx", "damaged"),
        (b"no archive", "a.docx", "damaged"),
        (b"\x01\x02\x03", "a.eml", "is no e-mail"),
        (b"x" * (letters.LETTER_BYTES + 1), "a.txt", "larger than 10 MB"),
        (mail("many", files=[(f"{n}.bin", b"x") for n in range(letters.MOST_PARTS)]), "a.eml", "too many"),
        (nested(20), "a.eml", "too many"),
        (nested(400), "a.eml", "."),
        (mail("many", files=[(f"{n}.docx", b"PK") for n in range(letters.MOST_FILES + 1)]), "a.eml", "more than 5 Word"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, name, said):
    with pytest.raises(InputRejected) as refused:
        letters.read(data, f"../{name}")
    words = str(refused.value)
    assert said in words and "/" not in words.split(" is ")[0]


def test_a_very_long_letter_says_that_there_is_more():
    text = letters.read(b"word " * 100_000, "a.txt").text
    assert text.endswith(letters.REST) and len(text) < letters.MOST_LETTERS + 200
