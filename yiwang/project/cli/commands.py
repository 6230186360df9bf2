"""All commands, in the order `yiwang --help` shows them."""

import typer

import yiwang
from yiwang.project.cli import (
    backup,
    demo,
    doctor,
    found,
    history,
    manage,
    migrate,
    prepare,
    recompute,
    restore,
    run,
    serve,
    transfer,
    triage,
    verify,
    work,
)
from yiwang.project.cli.language import _

app = typer.Typer(
    name="yiwang",
    help=_("Yiwang: one net for a county, its streets and its villages."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def about(version: bool = typer.Option(False, "--version", help=_("Print the version and end."))) -> None:
    if version:
        print(f"yiwang {yiwang.__version__}")
        raise typer.Exit


app.command(help=_("Start everything: database, web and worker; Ctrl-C stops it all."))(run.run)
app.command(help=_("Start only the web server."))(serve.serve)
app.command(help=_("Start only a worker for background jobs."))(work.work)
app.command(help=_("Bring the database up to this version."))(migrate.migrate)
app.command(
    help=_("Django's own commands, as the owner of the database."),
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
)(manage.manage)
app.command(help=_("Open the first account of an empty installation, with a post over all of it."))(found.found)
app.command(help=_("Load the demonstration county and print its sign-ins."))(demo.demo)
transfer.imports.command("cases", help=_("Cases of another system with their steps, from CSV (also .gz)."))(
    history.cases_in
)
app.add_typer(transfer.imports, name="import", help=_("Bring a list in from a file."))
app.add_typer(transfer.exports, name="export", help=_("Write a list to a file."))
app.command(help=_("Write the database, the uploaded files and the secrets into one file, while people work."))(
    backup.backup
)
app.command(help=_("Bring a backup back."))(restore.restore)
app.command(help=_("Say in plain words what is wrong."))(doctor.doctor)
app.command(
    "verify-history", help=_("Recompute every case's history and the daily digests, and name what was tampered with.")
)(verify.verify_history)
app.command(help=_("Rebuild a month's figures from the history, and say whether the published ones agree."))(
    recompute.recompute
)
app.command(help=_("Learn what reports are about from the decided cases of this installation."))(triage.train)
app.command("evaluate-triage", help=_("Learn from one file of messages and be judged by another; needs no database."))(
    triage.evaluate_triage
)
app.command(hidden=True)(prepare.prepare)
