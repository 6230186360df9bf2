"""The heart: every matter, whatever its door, becomes a case with one life, one clock and one history.

Words owned here: case, step, triage, dispatch, lead and assisting, sign for, hand back, whistle, report in, extension,
pause, finish, check, call back, reopen. The table of moves is `rules/life.py`. Every move leaves a step that carries
the hash of the step before; steps are never changed. It does not act on what is overdue, knows no statistics, and
speaks to nobody outside: it announces facts.
"""
