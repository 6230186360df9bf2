"""Triage 受理分类: what a report is about, and whether it is new, or somebody has told of the same already.

Words owned here: proposal, fate, version, trust, likeness, sketch, nearby. It learns from decided cases, proposes, and
people decide: only where a town trusts it does a likely proposal go by itself. Nothing here merges or refuses
anything, and intake asks it through `catalogue.recognise`. The method is told in `docs/triage.md`.
"""
