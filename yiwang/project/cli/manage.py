import typer

from yiwang.project.cli.access import database


def manage(context: typer.Context) -> None:
    with database(None):
        from django.core.management import execute_from_command_line

        from yiwang.project.database import as_owner

        with as_owner():
            execute_from_command_line(["yiwang manage", *context.args])
