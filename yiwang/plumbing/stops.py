"""Why the program cannot go on: one sentence that says what to do.

Not a refusal of the field (`refusals`): these are for the operator at the terminal, often before the settings can even
be read. The sentence stays English inside; the command line translates it at the edge.
"""


class CannotGoOn(Exception):  # noqa: N818 - "raise CannotGoOn(...)" reads as what happens
    """Ends a command with this sentence and exit code 2. `message` is a gettext id with %(figures)s."""

    def __init__(self, message: str, /, **figures: object) -> None:
        self.message = message
        self.figures = figures
        super().__init__(message % figures)


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation. Django's own of this name needs settings, which may be what is wrong."""
    return message
