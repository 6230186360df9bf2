from pathlib import Path
from typing import Annotated

import typer

from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing


def backup(
    file: Annotated[Path, typer.Argument(help=_("The file to write."))],
    data: Data = None,
) -> None:
    with database(data) as url:
        from django.conf import settings

        from yiwang.project import archive

        with showing(_("Database (MB)")) as dumped, showing(_("Files")) as copied:
            manifest = archive.write(file, url=url, folder=settings.HOME.folder, dumped=dumped, copied=copied)
    size = file.stat().st_size / 1_000_000
    print(_("%(file)s is written (%(size).1f MB).") % {"file": file, "size": size})
    print(_("It holds the installation's secrets too: keep it where only you can read it."))
    if not manifest.has_files:
        print(_("The uploaded files lie in your object store and are not in it: back them up there."))
