"""The entry point for the server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dondoc.settings")
application = get_wsgi_application()
# The program itself, more than a hundred thousand objects, is never rubbish: else the search for rubbish goes through all of it in the
# middle of many a long page, up to a hundred milliseconds each time. The views are loaded first, so that they too are left alone.
get_resolver().url_patterns  # noqa: B018 (reading it loads them)
gc.collect()
gc.freeze()
# A page of some hundred rows makes so many objects that the usual 700 mean hundreds of searches for one answer.
gc.set_threshold(50_000, 20, 100)
