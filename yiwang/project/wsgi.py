"""The web application, as the server loads it in each of its processes."""

import multiprocessing
import signal

from django.core.wsgi import get_wsgi_application

from yiwang.plumbing.embedded.programs import bind_to
from yiwang.plumbing.freshness.listener import watch
from yiwang.project import environment

# The server forks its workers: one that outlived it would hold the port and the old code.
if parent := multiprocessing.parent_process():
    assert parent.pid is not None
    bind_to(parent.pid, signal.SIGKILL)

environment.use_settings()
application = get_wsgi_application()
watch()
