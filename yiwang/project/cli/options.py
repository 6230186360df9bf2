"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from yiwang.project.cli.language import _

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help=_("The data folder; also YIWANG_HOME. Default: data.")),
]
Port = Annotated[int, typer.Option(min=1, max=65535, help=_("The port of the web pages."))]
