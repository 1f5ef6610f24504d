"""The door for a production server, for example `gunicorn config.wsgi`."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if settings.DEBUG:
    raise ImproperlyConfigured("DEBUG is on, which serves this machine only: set DEBUG=false, see .env.example.")
application = get_wsgi_application()
