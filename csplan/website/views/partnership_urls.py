"""The addresses of plans, consultations, performance, duties and papers, and of the desk where they are worked on."""

from django.urls import path, register_converter

from csplan.website.answers import addresses
from csplan.website.views import consultations, desk_papers, desk_readings, duties, papers, performance, plans, report


class Reference:
    """1, 1.2 or 1.2.3: a priority, a work area or a deliverable."""

    regex = r"\d{1,2}(?:\.\d{1,2}){0,2}"

    def to_python(self, text: str) -> str:
        return text

    def to_url(self, ref: str) -> str:
        return ref


register_converter(Reference, "reference")
P = "<slug:partnership>"
PLAN, CONSULTATION = f"{P}/plans/<slug:slug>", f"{P}/consultations/<slug:slug>"

urlpatterns = [
    *addresses(f"{P}/plans", plans.index),
    *addresses(PLAN, plans.show),
    *addresses(f"{PLAN}/alignment", plans.alignment),
    path(f"{PLAN}/versions/<int:number>.sealed.json", plans.sealed),
    *addresses(f"{PLAN}/versions/<int:number>", plans.version),
    *addresses(f"{PLAN}/<reference:ref>", plans.part),
    *addresses(f"{P}/consultations", consultations.index),
    *addresses(CONSULTATION, consultations.show),
    *addresses(f"{CONSULTATION}/results", consultations.results),
    path(f"{CONSULTATION}/respond/", consultations.respond),
    path(f"{CONSULTATION}/respond/send/", consultations.respond),  # apart, so that the form survives going back to it
    path(f"{CONSULTATION}/receipt/", consultations.receipt),
    *addresses(f"{P}/performance", performance.scorecard, table=True),
    *addresses(f"{P}/performance/<slug:ref>", performance.show, table=True),
    *addresses(f"{P}/duties", duties.show, table=True),
    *addresses(f"{P}/papers", papers.index),
    *addresses(f"{P}/papers/<slug:ref>", papers.show),
    path(f"{P}/papers/<slug:ref>.<slug:form>", papers.file),
    *addresses(f"{P}/about/report", report.follow),
    path(f"{P}/desk/readings/", desk_readings.readings),
    path(f"{P}/desk/papers/", desk_papers.index),
]
