"""Scripts and formulas typed as answers, themes and reasons do nothing in any page, paper or table."""

import csv
import io
import zipfile

from django.test import Client

from csplan.cycle import clock
from csplan.documents.write import as_bytes
from csplan.records import papers, receipts
from csplan.records.actions import answer, masking, theme
from csplan.records.actions import coding as coders
from csplan.records.actions import consultation as actions
from csplan.records.models import Consultation
from csplan.records.reading import results
from csplan.website.answers import as_csv
from csplan.website.pages import results as pages

EVIL = '=HYPERLINK("http://evil.example","x") <script>alert(1)</script> #let x = 1 {{7*7}} {fig-x} **b**'


def test_scripts_and_formulas_do_nothing_in_page_paper_or_table(tell, person):
    partnership = tell("2020-01-09")
    asked = Consultation.objects.get()
    with clock.at(clock.parse("2020-01-20")):
        for n in range(12):
            answer.respond(
                consultation=asked, answers={"plan": "Agree", "what-to-change": f"{EVIL} {n}"}, form_key=receipts.new_form_key()
            )
    with clock.at(clock.parse("2020-02-16")):
        actions.close(consultation=asked, by="terminal:keeper")
        made = theme.name(consultation=asked, title=EVIL[:150], words=EVIL, by=person("analyst"))
        for r in asked.responses.all():
            masking.confirm(response=r, part="what-to-change", spans=(), by=person("analyst"))
            coders.code(response=r, part="what-to-change", themes=[made.ref], by=person("analyst"))
        theme.decide(theme=made, disposition="noted", reason=EVIL, by=person("manager"))
        actions.consider(consultation=asked, summary=EVIL, by=person("manager"))
    with clock.at(clock.parse("2020-02-17")):
        home = "/county-durham/consultations/plan-2020-25/"
        for path in ("results/", "you-said/", "consideration-report.html", "you-said.html"):
            page = Client().get(f"{home}{path}").content.decode()
            assert "<script>alert" not in page and "&lt;script&gt;" in page and ">49<" not in page, path
        for kind in ("consideration-report", "you-said"):
            paper = papers.make(partnership, kind, "plan-2020-25", viewer=None, at=clock.now())
            assert as_bytes(paper, ".pdf").startswith(b"%PDF")
            with zipfile.ZipFile(io.BytesIO(as_bytes(paper, ".docx"))) as made:
                text = made.read("word/document.xml").decode()
                assert "<script>" not in text and "HYPERLINK(" in text and 'w:instr="' not in text
        # The guard of the table itself: a question’s own words and answers may begin as a formula does.
        found = results.results(partnership, "plan-2020-25", viewer=None, at=clock.now())
        found["tallies"][0] |= {"words": EVIL, "choices": [{**found["tallies"][0]["choices"][0], "choice": EVIL}]}
        guarded = as_csv(pages.table(found)).content.decode()
        cells = [cell for row in csv.reader(io.StringIO(guarded)) for cell in row]
        assert f"'{EVIL}" in cells and EVIL not in cells
        table = Client().get(f"{home}results.csv").content.decode()
        assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(table)) for cell in row)
