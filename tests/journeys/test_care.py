"""Answers are cared for: danger reaches an officer, personal data is covered before words go further, copies are flagged and kept."""

import json
import socketserver
import threading

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from csplan.cycle import clock, danger
from csplan.errors import CsplanError
from csplan.records import outbox, receipts
from csplan.records.actions import answer, masking
from csplan.records.models import Alert, AuditEvent, Consultation, Masking, Response
from csplan.records.reading import care, understanding

OPEN = "2020-01-20T15:42:10"
DESK = "/county-durham/desk/consultations/plan-2020-25/"
THREAT = "My neighbour Kevin Sample said he is going to kill his wife. Ring me on 07700 900123."


@pytest.fixture
def asked(tell):
    tell("2020-01-09")
    with clock.at(clock.parse(OPEN)):
        yield Consultation.objects.get(slug="plan-2020-25")


def say(asked, words, **more):
    return answer.respond(consultation=asked, answers={"what-to-change": words, **more}, form_key=receipts.new_form_key())


# ---- danger -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("he said he'd kill her", "life"),
        ("I am in fear of my life", "life"),
        ("I don’t want to live any more", "self-harm"),
        ("The baby is being neglected and she hits the children", "child"),
        ("my husband strangled me last week", "abuse"),
        ("girls are being groomed in the park", "exploitation"),
        ("they took our passports", "exploitation"),
        ("he has a gun in the shed", "weapon"),
        ("they are planning an attack on the mosque", "terror"),
    ],
)
def test_words_that_suggest_danger_are_noticed(words, sign):
    assert sign in danger.signs(words)


@pytest.mark.parametrize(
    "words",
    [
        "The youth club saved lives and should be kept alive.",
        "Speed bumps kill the suspension of my car.",
        "Children need somewhere to play.",
        "I would shoot the idea down.",
        "The plan says nothing about knife crime figures.",
        "Drug dealing by the shops, as everyone knows.",
        "My partner works for the council.",
    ],
)
def test_plain_words_raise_no_alert(words):
    assert danger.signs(words) == ()


def test_an_answer_that_suggests_danger_has_its_alert_in_the_same_transaction(asked, monkeypatch):
    say(asked, "More lights please.")
    say(asked, THREAT)
    held = Alert.objects.get()
    assert held.signs == ["life"] and held.response.answers["what-to-change"] == THREAT
    monkeypatch.setattr(Alert.objects, "create", lambda **_: (_ for _ in ()).throw(RuntimeError("the disk is full")))
    with pytest.raises(RuntimeError):
        say(asked, THREAT)
    assert Response.objects.count() == 2, "an answer is not kept without its alert"


def test_an_officer_reads_it_and_says_what_was_done(asked, signed_in):
    say(asked, THREAT)
    key = str(Alert.objects.get().pk)
    manager = signed_in("manager")
    assert "1 answer suggests danger" in manager.get("/county-durham/desk/").content.decode()
    page = manager.get(f"{DESK}alerts/").content.decode()
    assert "a threat to someone’s life" in page and "Kevin" not in page, "words are shown only to one who asks to read them"
    read = manager.post(f"{DESK}alerts/", {"do": "read", "alert": key}).content.decode()
    assert "Kevin Sample" in read
    event = AuditEvent.objects.filter(action="answer.read").get()
    assert event.detail == {"read": True, "why": "An alert of danger"} and key not in json.dumps(event.detail)
    empty = manager.post(f"{DESK}alerts/", {"do": "see", "alert": key, f"done-{key}": ""})
    assert empty.status_code == 422 and "Write what was done" in empty.content.decode()
    assert manager.post(f"{DESK}alerts/", {"do": "see", "alert": key, f"done-{key}": "Passed to the police."}).status_code == 302
    assert "No alert waits" in manager.get(f"{DESK}alerts/").content.decode()


@pytest.mark.parametrize("role", ["lead", "performance", "board", "auditor", "partner-police"])
def test_others_read_neither_alert_nor_words(asked, signed_in, role):
    say(asked, THREAT)
    key = str(Alert.objects.get().pk)
    client = signed_in(role)
    for path in ("alerts/", "masking/", "campaigns/", "answers/aside/"):
        assert "Kevin" not in client.get(f"{DESK}{path}").content.decode()
    assert client.post(f"{DESK}alerts/", {"do": "read", "alert": key}).status_code in (404, 422)
    assert Client().get(f"{DESK}alerts/").status_code == 302


# ---- the outbox -------------------------------------------------------------------------------------


class Post(socketserver.ThreadingTCPServer):
    """A small mail server of our own: refuses so many messages, then takes them."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, refuses: int) -> None:
        self.refuses, self.taken = refuses, list[str]()
        super().__init__(("127.0.0.1", 0), _Talk)


class _Talk(socketserver.StreamRequestHandler):
    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            if line.upper().startswith("DATA"):
                self.say("354 go on")
                said = []
                while (more := self.rfile.readline().decode()).strip() != ".":
                    said.append(more)
                self.server.taken.append("".join(said))
                self.say("250 taken")
            elif line.upper().startswith("RCPT") and self.server.refuses:
                self.server.refuses -= 1
                self.say("451 later")
            elif line.upper().startswith("QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


@pytest.fixture
def post(settings):
    with Post(refuses=1) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
        server.shutdown()


@pytest.fixture
def alarmed(asked):
    """The consultation names an officer’s address, and an answer has raised an alert."""
    from csplan.records import triggers

    triggers.take_away()
    Consultation.objects.update(alert_email="duty@example.org")
    triggers.put_back()
    say(Consultation.objects.get(pk=asked.pk), THREAT)
    return Alert.objects.get()


def test_an_e_mail_is_tried_until_it_leaves_and_holds_no_word_of_the_answer(alarmed, post):
    assert outbox.deliver() == 0
    held = Alert.objects.get()
    assert held.tries == 1 and "451" in held.refusal and held.sent_at is None
    assert outbox.deliver() == 1 and outbox.deliver() == 0
    assert Alert.objects.get().sent_at is not None
    (message,) = post.taken
    assert "To: duty@example.org" in message and "/desk/consultations/plan-2020-25/alerts/" in message
    assert "Kevin" not in message and "kill" not in message and "07700" not in message


def test_without_a_mail_server_the_alert_waits_and_says_so(alarmed, settings):
    settings.EMAIL_HOST = ""
    assert outbox.deliver() == 0
    assert Alert.objects.get().refusal == outbox.NO_SERVER


def test_what_an_officer_has_seen_is_not_sent(alarmed, post, person):
    from csplan.records.actions import alert

    alert.see(alert=alarmed, done="No danger.", by=person("manager"))
    assert outbox.waiting() == [] and outbox.deliver() == 0 and post.taken == []


def test_the_queue_is_in_the_records(alarmed):
    """A restart begins with what the records hold."""
    assert [a.pk for a in outbox.waiting()] == [alarmed.pk]


# ---- masking ----------------------------------------------------------------------------------------


def test_only_confirmed_words_go_further(asked, signed_in):
    say(asked, THREAT)
    (part,) = understanding.parts(asked)
    assert part.masked is None
    manager = signed_in("manager")
    page = manager.get(f"{DESK}masking/").content.decode()
    assert "<mark>Kevin Sample</mark>" in page and "<mark>07700 900123</mark>" in page
    spans = care.personal_data.proposals(THREAT)
    names = [f"{s.start}-{s.end}-{s.kind}" for s in spans]
    sent = {"do": "confirm", "answer": str(part.response_id), "part": part.part, "cover": names, "more": "his wife"}
    wrong = manager.post(f"{DESK}masking/", {**sent, "more": "his husband"})
    assert wrong.status_code == 422 and "does not stand in the comment" in wrong.content.decode()
    assert manager.post(f"{DESK}masking/", sent).status_code == 302
    (part,) = understanding.parts(asked)
    assert part.masked == "My neighbour [name] said he is going to kill [taken out]. Ring me on [phone number]."
    assert AuditEvent.objects.filter(action="answer.mask").get().detail == {"masked": 1, "spans": 3}


def test_comments_without_a_proposal_are_confirmed_together(asked, signed_in):
    for words in ("More lights.", "Fewer cars."):
        say(asked, words)
    manager = signed_in("manager")
    names = [f"{p.response_id}/{p.part}" for p in care.to_mask(asked).clear]
    assert manager.post(f"{DESK}masking/", {"do": "clear", "clear": names}).status_code == 302
    assert {p.masked for p in understanding.parts(asked)} == {"More lights.", "Fewer cars."}
    nothing = manager.post(f"{DESK}masking/", {"do": "clear"})
    assert nothing.status_code == 422 and "No comment was chosen" in nothing.content.decode()


def test_something_no_rule_finds_is_covered_by_hand(asked, signed_in):
    say(asked, "The man with the parrot on our road.")
    (part,) = understanding.parts(asked)
    sent = {"do": "confirm", "which": f"{part.response_id}/{part.part}", "more": "the man with the parrot"}
    assert signed_in("analyst").post(f"{DESK}masking/", sent).status_code == 302
    assert understanding.parts(asked)[0].masked == "[taken out] on our road."


def test_a_confirmation_never_changes_and_is_replaced_by_another(asked, person):
    say(asked, "Dave Example again.")
    response = Response.objects.get()
    masking.confirm(response=response, part="what-to-change", spans=[[0, 12, "name"]], by=person("manager"))
    with pytest.raises(IntegrityError, match="replaced by another row"), transaction.atomic():
        Masking.objects.update(words="Dave Example again.")
    masking.confirm(response=response, part="what-to-change", spans=[[0, 18, "other"]], by=person("analyst"))
    assert understanding.parts(asked)[0].masked == "[taken out]."


def test_reading_the_original_needs_a_reason_and_a_role(asked, person):
    say(asked, THREAT)
    response = Response.objects.get()
    with pytest.raises(CsplanError, match="Say why you read"):
        masking.read_original(response=response, why=" ", by=person("manager"))
    with pytest.raises(CsplanError, match="You may not read an answer as it was written"):
        masking.read_original(response=response, why="To see.", by=person("lead"))
    assert masking.read_original(response=response, why="A complaint.", by=person("manager")) == {"what-to-change": THREAT}


# ---- campaigns, and what is set aside ---------------------------------------------------------------

LETTER = "We the residents ask that the partnership bring back the wardens who knew every family on the estate by name. {more}"


def test_copies_are_flagged_kept_and_told_both_ways(asked, signed_in):
    for n, more in enumerate(("Thank you.", "Please.", "", "We mean it.")):
        say(asked, LETTER.format(more=more), plan=("Agree", "Disagree")[n % 2])
    say(asked, "I think the buses should run later so that people can get home from work without walking in the dark.")
    found = care.campaigns(asked)
    assert [len(g["members"]) for g in found["groups"]] == [4] and Response.objects.count() == 5
    totals = care.totals(asked, clock.now())
    assert (totals["received"], totals["considered"], totals["flagged"], totals["without_flagged"]) == (5, 5, 4, 1)
    page = signed_in("manager").get(f"{DESK}campaigns/").content.decode()
    assert "One group of answers say nearly the same" in page


def test_an_answer_is_set_aside_by_its_receipt_and_taken_back(asked, signed_in):
    code = say(asked, "Buy my watches now, the best watches of all the watches.").code
    manager = signed_in("manager")
    page = f"{DESK}answers/aside/"
    wrong = manager.post(page, {"do": "set", "code": "AAAA", "kind": "spam", "reason": "It sells watches."})
    assert wrong.status_code == 422 and "No answer to this consultation has that receipt" in wrong.content.decode()
    assert manager.post(page, {"do": "set", "code": code, "kind": "spam", "reason": "It sells watches."}).status_code == 302
    assert understanding.account(asked)["spam"] == 1 and understanding.parts(asked) == []
    key = str(Response.objects.get().pk)
    assert manager.post(page, {"do": "restore", "answer": key, f"reason-{key}": "It was meant."}).status_code == 302
    assert understanding.account(asked)["spam"] == 0 and Response.objects.count() == 1
