"""Words for the terminal: the same catalogue as the pages, read without Django, so that `--help` is fast."""

import gettext
from functools import cache
from pathlib import Path

from yiwang.project import environment

_LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"


@cache
def _catalogue() -> gettext.NullTranslations:
    return gettext.translation("django", _LOCALE, languages=[environment.language()], fallback=True)


def _(message: str) -> str:
    """The message in the operator's language."""
    # An empty id would give the catalogue's heading.
    return _catalogue().gettext(message) if message else ""
