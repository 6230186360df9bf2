from collections.abc import Iterable

from yiwang.project import environment
from yiwang.project.cli.access import database
from yiwang.project.cli.language import _
from yiwang.project.cli.options import Data
from yiwang.project.cli.progress import showing


def demo(data: Data = None) -> None:
    with database(data):
        from yiwang import demo as county
        from yiwang.project.database import migrate

        migrate()
        if county.is_empty():
            with showing(_("Demonstration")) as progress:
                county.load(progress, cases=environment.demonstration_cases(county.CASES))
        else:
            print(_("People work here already: the demonstration is left out."))
        tell((str(one.who), one.name, one.password) for one in county.sign_ins())


def tell(sign_ins: Iterable[tuple[str, str, str]]) -> None:
    """Print whom one may sign in as: who it is, the name to type, the password."""
    listed = list(sign_ins)
    if listed:
        print(_("Sign in as:"))
    for who, name, password in listed:
        print(f"  {name} / {password}  {who}")
