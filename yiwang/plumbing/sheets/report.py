"""What became of an imported list: counts, and for each rejected row its line, its column and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.utils import translation

from yiwang.plumbing.refusals import Refused, sentence


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that cannot go in. `line` counts as a person sees it: the heading is line 1."""

    line: int
    column: str
    refusal: Refused

    def why(self, language: str) -> str:
        """The reason as a sentence in "zh-hans" or "en"."""
        with translation.override(language):
            return sentence(self.refusal)


class Unfit(Exception):  # noqa: N818 - a verdict on one row
    """A row cannot go in: because of which column (our name of it), and why."""

    def __init__(self, column: str, why: Refused) -> None:
        self.column, self.why = column, why


@contextmanager
def in_column(column: str) -> Iterator[None]:
    """What is refused here is refused because of this column: raised again as `Unfit`."""
    try:
        yield
    except Refused as why:
        raise Unfit(column, why) from why


@dataclass(slots=True)
class Report:
    """The result of reading a list; nothing is written while `rejections` is not empty, unless asked for."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    notices: list[Refused] = field(default_factory=list)
    kept: bool = False

    def reject(self, line: int, column: str, code: str, **figures: object) -> None:
        self.rejections.append(Rejection(line, column, Refused(code, **figures)))

    def lines(self) -> Iterator[tuple[int, str, str, str]]:
        """Line, column, why in Chinese, why in English: one tuple a rejection, in the order of the list."""
        for rejection in sorted(self.rejections, key=lambda r: (r.line, r.column)):
            yield rejection.line, rejection.column, rejection.why("zh-hans"), rejection.why("en")
