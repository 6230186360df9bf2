from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing


def migrate(data: Data = None) -> None:
    with database(data):
        from yiwang.project.database import migrate as bring_up

        with showing(_("Migrations")) as progress:
            count = bring_up(progress)
    print(_("%(count)d migrations applied.") % {"count": count} if count else _("The database is up to date."))
