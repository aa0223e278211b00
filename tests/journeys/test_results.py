"""What was said, from whom, and what was decided: shares with their interval, nothing of the few, only masked words, and an answer back to each."""

import csv
import io
import zipfile

import pytest
from django.test import Client

from csplan.cycle import clock
from csplan.documents.write import as_bytes
from csplan.errors import CsplanError
from csplan.records import papers
from csplan.records.actions import answer
from csplan.records.models import Consultation, EarlierConsultation, Response
from csplan.records.reading import results
from csplan.records.story import coding
from csplan.statistics.rates import proportion

ASKED = "/county-durham/consultations/yearly-views/"
EARLIER_DAY = "2026-11-24"


@pytest.fixture(scope="module")
def durham(told_once):
    return told_once("2026-11-23")


@pytest.fixture
def now(durham, db):
    with clock.at(clock.parse(EARLIER_DAY)):
        yield durham


def told(durham):
    return results.results(durham, "yearly-views", viewer=None, at=clock.now())


def test_the_shares_are_those_of_the_answers_with_wilson_s_interval(now):
    found = told(now)
    kept = list(Response.objects.filter(consultation__slug="yearly-views"))
    assert found["account"]["received"] == len(kept) == 40
    tally = next(t for t in found["tallies"] if t["ref"] == "plan")
    for choice in tally["choices"]:
        n = sum(r.answers.get("plan") == choice["choice"] for r in kept)
        wilson = proportion(n, tally["answered"])
        assert (choice["count"], choice["share"], choice["low"], choice["high"]) == (n, wilson.value, wilson.low, wilson.high)


def test_every_answer_is_accounted_for(now):
    a = told(now)["account"]
    assert a["received"] == a["coded"] + a["withdrawn"] + a["spam"] and a["uncoded"] == 0


def test_the_page_says_whom_it_came_from_and_that_they_chose_themselves(now):
    page = Client().get(f"{ASKED}results/").content.decode()
    for said in (
        "People chose themselves whether to answer.",
        "40 received = 40 read and counted + 0 withdrawn + 0 spam.",
        "Sex: who answered, beside who lives here",
        "51.1%",  # of the population
        "Say what came of a report",
        "Each month the partnership publishes what was reported",
        "We asked, you said, we did",
    ):
        assert said in page, said


def test_no_band_of_few_people_is_told_apart(now):
    for told_of in told(now)["respondents"]:
        assert all(band["count"] >= 10 for band in told_of["bands"]) and sum(b["count"] for b in told_of["bands"]) == (
            told_of["told"] or 0
        )


def test_only_words_that_consented_are_quoted_and_only_as_masked(now):
    page = Client().get(f"{ASKED}results/").content.decode()
    for r in Response.objects.filter(consultation__slug="yearly-views"):
        for part in ("what-to-change", "what-you-see"):
            words = r.answers.get(part)
            if words and r.answers["may-quote"] == "No":
                assert words not in page and words not in Client().get(f"{ASKED}results.json").content.decode()


def test_the_downloads_hold_the_figures_and_no_word_of_anyone(now):
    rows = list(csv.DictReader(io.StringIO(Client().get(f"{ASKED}results.csv").content.decode("utf-8-sig"))))
    agree = next(r for r in rows if r["question"] == "plan" and r["answer"] == "Agree")
    assert int(agree["people"]) == next(
        c["count"] for t in told(now)["tallies"] if t["ref"] == "plan" for c in t["choices"] if c["choice"] == "Agree"
    )
    text = Client().get(f"{ASKED}results.csv").content.decode()
    assert "street lights by the park" not in text


@pytest.mark.parametrize("kind", ["consideration-report", "you-said"])
def test_the_papers_say_what_was_decided(now, kind):
    paper = papers.build(kind, "yearly-views", partnership="county-durham", at=clock.now())
    page = as_bytes(paper, ".html").decode()
    assert "Bring back wardens" in page and "There is no money for wardens" in page and "invented" in page
    assert as_bytes(paper, ".pdf").startswith(b"%PDF") and as_bytes(paper, ".pdf") == as_bytes(paper, ".pdf")
    with zipfile.ZipFile(io.BytesIO(as_bytes(paper, ".docx"))) as made:
        assert "Bring back wardens" in made.read("word/document.xml").decode()
    assert Client().get(f"{ASKED}{kind}.pdf").status_code == 200


def test_the_paragraph_for_a_committee_tells_it_in_short(now):
    words = results.paragraph(told(now))
    assert words.startswith(("Forty answers came to", "40 answers came to"))
    assert "Six themes were decided" in words and "nothing of those who did not" in words


def test_the_holder_of_a_receipt_reads_what_became_of_the_answer(now):
    held = Consultation.objects.get(slug="yearly-views")
    from csplan.records import receipts

    code = receipts.code(answer.address(held), coding.form_key("youth3"))
    page = Client().post(f"{ASKED}receipt/", {"code": code}).content.decode()
    assert "What you wrote was counted under two themes." in page
    assert (
        "Somewhere for young people to go" in page and "More light where people walk" in page and "Bring back wardens" not in page
    )
    plain = receipts.code(answer.address(held), coding.form_key("plain-1"))
    assert "nothing that a decision was needed on" in Client().post(f"{ASKED}receipt/", {"code": plain}).content.decode()
    wrong = Client().post(f"{ASKED}receipt/", {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert wrong.status_code == 422 and "What became of your answer" not in wrong.content.decode()


def test_before_the_report_nothing_of_the_themes_is_shown(now):
    at = clock.parse("2026-10-10")
    found = results.results(now, "yearly-views", viewer=None, at=at)
    assert found["themes"] == [] and found["consideration"] is None and found["tallies"]
    response = Response.objects.filter(consultation__slug="yearly-views").first()
    assert "once the report on the answers is approved" in results.outcome(response, at)["words"]
    with pytest.raises(CsplanError, match="is not approved by this day, so it has no paper yet"):
        papers.build("you-said", "yearly-views", partnership="county-durham", at=at)


# ---- the golden case --------------------------------------------------------------------------------


def test_the_result_of_2021_stands_with_its_source(now):
    held = EarlierConsultation.objects.get()
    assert (held.received, held.figures[0]["low"], held.closed_on.isoformat()) == (55, 76, "2021-02-21")
    page = Client().get("/county-durham/consultations/").content.decode()
    for said in (
        "55",
        "76% (95% interval 64% to 86%, worked out here)",
        "81% to 100%",
        "10 March 2021",
        "https://www.durham.gov.uk/article/24904",
    ):
        assert said in page, said
    told = Client().get("/county-durham/consultations.json").json()["earlier"]
    assert [(e["slug"], e["received"]) for e in told] == [("refresh-2021-25", 55)]
    before = Client().get("/county-durham/consultations.json?as_at=2020-03-09").json()["earlier"]
    assert before == [], "it is not known before it was published"


def test_the_consultation_of_the_report_has_its_days(now):
    found = Client().get("/county-durham/consultations/plan-2020-25.json").json()["consultation"]
    assert (found["opens_on"], found["closes_on"]) == ("2019-12-17", "2020-02-14")
    assert found["notes"][0] == "60 days, of which 41 are working days."
