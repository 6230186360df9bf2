"""The past: cases that another system has kept, brought in whole, once, with their steps.

Words owned here: source, the key that a case has there, what a row of its list means here, how far a file has come in.
What was open there waits here at a desk. Cases of our own and how they live belong to `cases`; this room writes into
its tables as a restored backup would, with the chain of steps that everybody can recompute.
"""
