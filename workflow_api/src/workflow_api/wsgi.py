"""The WSGI application, below its public prefix and at the root alike."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_api.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from servicekit.mount import mounted_wsgi

application = mounted_wsgi(get_wsgi_application(), settings.PUBLIC_PREFIX)
