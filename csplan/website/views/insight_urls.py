"""The addresses of facts and figures, the search and the factsheets."""

from django.urls import path

from csplan.website.answers import addresses
from csplan.website.views import areas, factsheets, indicators, insight, search, topics

urlpatterns = [
    *addresses("<slug:partnership>/insight", insight.show),
    *addresses("<slug:partnership>/insight/data", insight.data, table=True),
    *addresses("<slug:partnership>/insight/areas/<slug:code>", areas.show, table=True),
    *addresses("<slug:partnership>/insight/areas/<slug:code>/<slug:topic>", areas.topic, table=True),
    *addresses("<slug:partnership>/insight/topics/<slug:topic>", topics.show, table=True),
    path("<slug:partnership>/insight/topics/<slug:topic>/region.csv", topics.region),
    *addresses("<slug:partnership>/insight/indicators", indicators.index),
    *addresses("<slug:partnership>/insight/indicators/<slug:ref>", indicators.show),
    *addresses("<slug:partnership>/search", search.search),
    path("<slug:partnership>/factsheets/<slug:code>.<slug:form>", factsheets.area),
    path("<slug:partnership>/factsheets/<slug:code>/<slug:topic>/<str:period>.<slug:form>", factsheets.topic),
]
