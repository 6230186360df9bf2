from typing import Annotated

import typer

from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data


def found(
    login: Annotated[str, typer.Argument(help=_("The login name of the first account."))],
    name: Annotated[str, typer.Option("--name", help=_("The person's name."))],
    data: Data = None,
) -> None:
    with database(data):
        from django.utils import timezone

        from yiwang.people import actions
        from yiwang.plumbing.refusals import Refused, sentence
        from yiwang.plumbing.stops import CannotGoOn
        from yiwang.project.database import migrate

        migrate()
        try:
            person, password = actions.found_installation(login, name=name, today=timezone.localdate())
        except Refused as refusal:
            raise CannotGoOn("%(why)s", why=sentence(refusal)) from refusal
    print(
        _("%(login)s may sign in with this password, once: %(password)s")
        % {"login": person.login, "password": password}
    )
