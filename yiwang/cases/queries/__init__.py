"""What can be asked of the loop."""

from yiwang.cases.queries.mine import by_phone
from yiwang.cases.queries.reporting import Looked, Other, ReportView, ToldNote, ToldStep, told

__all__ = ["Looked", "Other", "ReportView", "ToldNote", "ToldStep", "by_phone", "told"]
