"""What is wrong with something brought in, said without words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """A code that `words` puts into a sentence, and the figures that belong to it."""

    code: str
    figures: Mapping[str, object] = field(default_factory=dict)
