"""What can be asked before one decides whether a report is new."""

from yiwang.triage.queries.likely import Likely, likely_same
from yiwang.triage.queries.nearby import Alike, alike

__all__ = ["Alike", "Likely", "alike", "likely_same"]
