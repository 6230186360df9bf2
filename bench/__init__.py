"""Measurements: `make bench` runs them all and writes the figures into README.md here."""
