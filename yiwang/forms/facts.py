"""What can be said to have happened to a form. `form` is its number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormMoved:
    """A form was asked, or a move of `rules.LIFE` was made on it; `entry`: the number of the reminder, else 0.

    Or its series goes on elsewhere ("go_elsewhere").
    """

    form: int
    county: str
    move: str
    entry: int = 0
