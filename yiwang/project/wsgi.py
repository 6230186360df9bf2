"""The web application, as the server loads it."""

from django.core.wsgi import get_wsgi_application

from yiwang.project import environment

environment.use_our_settings()
application = get_wsgi_application()
