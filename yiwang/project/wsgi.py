"""The web application, as the server loads it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiwang.project.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
