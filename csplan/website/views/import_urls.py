"""The addresses at the desk where a partnership brings in what it already has."""

from django.urls import path

from csplan.website.views import desk_import

P = "<slug:partnership>"

urlpatterns = [
    path(f"{P}/desk/plans/import/", desk_import.plans),
    path(f"{P}/desk/performance/import/", desk_import.performance),
]
