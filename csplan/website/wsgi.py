"""The site as a WSGI application: `gunicorn csplan.website.wsgi:application`, with CSPLAN_DATA and the other settings set."""

import os

from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler

from csplan.website import data_folder, start

if not apps.ready:
    start(data_folder(), as_at=os.environ.get("CSPLAN_AS_AT"), partnership=os.environ.get("CSPLAN_PARTNERSHIP"))

application = WSGIHandler()
