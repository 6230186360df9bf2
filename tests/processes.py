"""Other processes on the same database, for tests of what happens between processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def same_database() -> str:
    """The URL of the database in which this test works."""
    about = connection.settings_dict
    person = quote(about["USER"]) + (f":{quote(about['PASSWORD'])}" if about["PASSWORD"] else "")
    port = f"&port={about['PORT']}" if about["PORT"] else ""
    return f"postgresql://{person}@/{about['NAME']}?host={quote(about['HOST'], safe='')}{port}"


@contextmanager
def another_process(code: str, *given: object) -> Iterator["subprocess.Popen[bytes]"]:
    """Run Python code, with Django set up and `given` as its `sys.argv[1:]`; it does not outlive the `with`."""
    told = {
        "DATABASE_URL": same_database(),
        "DJANGO_SETTINGS_MODULE": "yiwang.project.settings",
        "YIWANG_HOME": str(settings.HOME.folder),
    }
    words = [sys.executable, "-c", f"import django; django.setup()\n{code}", *map(str, given)]
    with subprocess.Popen(words, env={**os.environ, **told}, cwd=settings.PACKAGE.parent) as process:
        try:
            yield process
        finally:
            process.kill()
