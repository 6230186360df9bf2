"""What `run` does between database and web, in a process of its own: the overseer stays small and without threads."""

import json

from yiwang.project import environment
from yiwang.project.cli.access import load_django
from yiwang.project.cli.language import _
from yiwang.project.cli.progress import showing


def prepare() -> None:
    """Migrate, collect static files, load the demonstration if the database is empty; prints the sign-ins as JSON."""
    load_django()
    from yiwang import demo
    from yiwang.project.database import migrate
    from yiwang.project.static import collect

    with showing(_("Migrations")) as progress:
        migrate(progress)
    collect()
    if demo.is_empty() and environment.demonstration_wanted():
        with showing(_("Demonstration")) as progress:
            demo.load(progress, cases=environment.demonstration_cases(demo.CASES))
    print(json.dumps([(str(one.who), one.name, one.password) for one in demo.sign_ins()]))
