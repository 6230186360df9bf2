"""Limits are timed anew when the working calendar is changed after the fact.

Words owned here: retiming (one change of the calendar carried to all open cases that it concerns), what waits for it,
and the step by which a case says so. What a limit should be is told again out of the case's own history, once with the
calendar before and once with the one after; only what the first explains is moved to the second. It never decides
what a calendar says (`plumbing.worktime`) nor what is promised (`catalogue`, `cases`); closed cases stay as they were.
"""
