"""Bring in what another system has kept."""

from yiwang.past.actions.bringing import BroughtIn, import_history

__all__ = ["BroughtIn", "import_history"]
