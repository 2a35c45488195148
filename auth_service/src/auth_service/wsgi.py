"""gunicorn auth_service.wsgi"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from servicekit.mount import mounted_wsgi

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "auth_service.settings")

application = mounted_wsgi(get_wsgi_application(), settings.PUBLIC_PREFIX)
