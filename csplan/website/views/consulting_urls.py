"""The addresses of consultations: those of the desk, under `desk/consultations/`, and what stands beside the public pages."""

from django.urls import path

from csplan.website.views import desk_care, desk_coding, desk_consultation_words, desk_consultations, desk_entering, desk_themes

P = "<slug:partnership>"
DESK = f"{P}/desk/consultations"
ONE = f"{DESK}/<slug:slug>"

urlpatterns: list = [
    path(f"{DESK}/", desk_consultations.index),
    path(f"{ONE}/", desk_consultations.show),
    path(f"{ONE}/words/", desk_consultation_words.words),
    path(f"{ONE}/words.json", desk_consultation_words.words_file),
    path(f"{ONE}/questions/", desk_consultation_words.questions),
    path(f"{ONE}/questions/<slug:ref>/", desk_consultation_words.question),
    path(f"{ONE}/languages/", desk_consultation_words.languages),
    path(f"{ONE}/preview/", desk_consultation_words.preview),
    path(f"{ONE}/letters/", desk_entering.letters),
    path(f"{ONE}/answers/new/", desk_entering.new),
    path(f"{ONE}/answers/check/", desk_entering.check),
    path(f"{ONE}/alerts/", desk_care.alerts),
    path(f"{ONE}/masking/", desk_care.masking),
    path(f"{ONE}/campaigns/", desk_care.campaigns),
    path(f"{ONE}/answers/aside/", desk_care.aside),
    path(f"{ONE}/themes/", desk_themes.index),
    path(f"{ONE}/themes/<slug:ref>/", desk_themes.show),
    path(f"{ONE}/coding/", desk_coding.code),
    path(f"{ONE}/coding/agreement/", desk_coding.agreement),
    path(f"{ONE}/coding/comment/", desk_coding.comment),
    path(f"{ONE}/consider/", desk_themes.consider),
]
