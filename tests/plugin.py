"""Brings a database of its own for the tests, before Django looks for one."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from yiwang.plumbing.embedded import cluster
from yiwang.plumbing.embedded.home import Home

# Speed for tests only: a crash of the test database may lose what nobody needs.
FAST = {"shared_buffers": "256MB", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

# No test asserts on time: a slow machine has the same properties as a quick one.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
    folder = tempfile.TemporaryDirectory(prefix="yiwang-tests-", ignore_cleanup_errors=True)
    home = Home(Path(folder.name))
    os.environ["YIWANG_HOME"] = folder.name
    # pytest closes its common folder to everybody else at each start: another run beside this one would shut out
    # the databases that our tests lend to a user of their own.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder.name)
    # The static files' folder is there before anything is collected, or whitenoise warns.
    (home.folder / "static").mkdir()
    early_config.add_cleanup(folder.cleanup)
    if not os.environ.get("DATABASE_URL"):
        server = cluster.start(home, settings=FAST)
        os.environ["DATABASE_URL"] = home.url
        early_config.add_cleanup(lambda: cluster.stop(server))
    return (yield)
