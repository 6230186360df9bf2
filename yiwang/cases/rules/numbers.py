"""Case numbers: the county's six digits, two of the year, eight that count. A number tells its county."""

import re
from datetime import date

_COUNT = 10**8
_NUMBER = re.compile(r"[0-9]{16}")


def number_of(county: str, day: date, count: int) -> int:
    """The number of the `count`-th report since counting began, told on that day. `county` is 6 digits."""
    return (int(county) * 100 + day.year % 100) * _COUNT + count % _COUNT


def county_of(number: int) -> str:
    """The county's code that a number begins with."""
    return f"{number // (100 * _COUNT):06}"


def read_number(text: str) -> int | None:
    """A number as people type it, spaces and hyphens allowed; None for anything else."""
    digits = re.sub(r"[\s-]", "", text)
    return int(digits) if _NUMBER.fullmatch(digits) and digits.isascii() else None


def written(number: int) -> str:
    """The number as it is shown: sixteen digits."""
    return f"{number:016}"
