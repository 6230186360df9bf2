"""The proof 存证: every chain of steps read back, and one signed digest a day of all steps, to be published.

Words owned here: flaw (what is wrong with a history, and at which step), digest. How a step is hashed is the loop's
law (`cases/rules/history.py`); here it is recomputed. It changes and mends nothing: it says what was tampered with.
"""
