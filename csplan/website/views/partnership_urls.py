"""The addresses of plans, consultations, performance, duties and papers, and of the desk where they are worked on."""

from django.urls import path, register_converter

from csplan.website.answers import addresses
from csplan.website.views import (
    answering,
    consultation_results,
    consultations,
    deciding_urls,
    desk_figures,
    desk_indicators,
    desk_papers,
    desk_plan_edit,
    desk_plans,
    desk_readings,
    desk_thread,
    duties,
    papers,
    performance,
    plan_papers,
    plan_versions,
    plans,
    report,
    thread,
)


class Reference:
    """1, 1.2 or 1.2.3: a priority, a work area or a deliverable."""

    regex = r"\d{1,2}(?:\.\d{1,2}){0,2}"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, ref: str) -> str:
        return ref


class PlanYear:
    """2020--21: a year of a plan, such as 2020/21, whose stroke is written as two hyphens."""

    regex = r"\d{4}--\d{2}"

    def to_python(self, text: str) -> str:
        return text.replace("--", "/")

    def to_url(self, year: str) -> str:
        return year.replace("/", "--")


register_converter(Reference, "reference")
register_converter(PlanYear, "year")
P = "<slug:partnership>"
PLAN, CONSULTATION = f"{P}/plans/<slug:slug>", f"{P}/consultations/<slug:slug>"
DRAFT = f"{P}/desk/plans/<slug:slug>/<int:number>"

urlpatterns = [
    *addresses(f"{P}/plans", plans.index),
    *addresses(PLAN, plans.show),
    *addresses(f"{PLAN}/alignment", plans.alignment),
    *addresses(f"{PLAN}/comments", plans.comments),
    *addresses(f"{PLAN}/reviews/<year:year>", plans.review),
    path(f"{PLAN}/compare/", plan_versions.choose),
    *addresses(f"{PLAN}/versions", plan_versions.index),
    path(f"{PLAN}/versions/<int:number>.sealed.json", plan_versions.sealed),
    *addresses(f"{PLAN}/versions/<int:number>", plan_versions.show),
    *addresses(f"{PLAN}/versions/<int:number>/compare/<int:other>", plan_versions.compare),
    *addresses(f"{PLAN}/versions/<int:number>/compare/<slug:other_slug>/<int:other>", plan_versions.compare),
    path(f"{PLAN}/plan.<slug:form>", plan_papers.plan),
    path(f"{PLAN}/versions/<int:number>/paper.<slug:form>", plan_papers.paper),
    *addresses(f"{PLAN}/summary", plan_papers.summary),
    path(f"{PLAN}/summary.<slug:form>", plan_papers.summary_file),
    *addresses(f"{PLAN}/easy-read", plan_papers.easy_read),
    path(f"{PLAN}/easy-read.<slug:form>", plan_papers.easy_read_file),
    *addresses(f"{PLAN}/<reference:ref>", plans.part),
    *addresses(f"{P}/consultations", consultations.index),
    *addresses(CONSULTATION, consultations.show),
    *addresses(f"{CONSULTATION}/results", consultation_results.results, table=True),
    path(f"{CONSULTATION}/you-said/", consultation_results.you_said),
    path(f"{CONSULTATION}/respond/", answering.respond),
    path(f"{CONSULTATION}/respond/send/", answering.send),  # apart, so that the form survives going back to it
    path(f"{CONSULTATION}/respond/whole/", answering.whole),
    path(f"{CONSULTATION}/respond/steps/", answering.steps),
    path(f"{CONSULTATION}/respond/draft/", answering.draft),
    path(f"{CONSULTATION}/respond/keep/", answering.keep),
    path(f"{CONSULTATION}/respond/kept/<slug:key>/", answering.kept),
    path(f"{CONSULTATION}/respond/copy/", answering.copy),
    path(f"{CONSULTATION}/receipt/", consultations.receipt),
    path(f"{CONSULTATION}/<slug:kind>.<slug:form>", consultation_results.file),
    *addresses(f"{P}/performance", performance.scorecard, table=True),
    *addresses(f"{P}/performance/<slug:ref>", performance.show, table=True),
    *addresses(f"{P}/duties", duties.show, table=True),
    *addresses(f"{P}/papers", papers.index),
    *addresses(f"{P}/papers/<slug:ref>", papers.show),
    path(f"{P}/papers/<slug:ref>.<slug:form>", papers.file),
    *addresses(f"{P}/about/report", report.follow),
    *addresses(f"{P}/thread", thread.show, table=True),
    *addresses(f"{P}/thread/through", thread.through),
    *addresses(f"{P}/thread/findings/<slug:ref>", thread.finding),
    path(f"{P}/desk/thread/", desk_thread.thread),
    path(f"{P}/desk/plans/", desk_plans.index),
    path(f"{P}/desk/plans/new/", desk_plans.new),
    path(f"{P}/desk/plans/figures/", desk_figures.find),
    path(f"{DRAFT}/", desk_plans.show),
    path(f"{DRAFT}/edit/", desk_plan_edit.edit),
    path(f"{DRAFT}/keep/", desk_plan_edit.keep_quietly),
    path(f"{DRAFT}/take-out/", desk_plan_edit.take_out),
    path(f"{DRAFT}/reasons/", desk_plans.reasons),
    path(f"{DRAFT}/freeze/", desk_plans.freeze),
    path(f"{P}/desk/readings/", desk_readings.readings),
    path(f"{P}/desk/indicators/", desk_indicators.index),
    path(f"{P}/desk/indicators/new/", desk_indicators.new),
    path(f"{P}/desk/indicators/catalogue/", desk_indicators.of_catalogue),
    path(f"{P}/desk/papers/", desk_papers.index),
    *deciding_urls.urlpatterns,
]
