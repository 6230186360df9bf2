"""Yiwang 一网: one net for a county, its streets and its villages."""

__version__ = "0.1.0"
