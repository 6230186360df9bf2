"""The numbers: what a leader's page, the wall, a unit and a worker see of all cases, read from roll-ups.

Owns *mark* (what one case adds to the numbers of one day), *tally* (the sum of marks for a place, day and key),
*usual* (what a number mostly is at this time), *indicator* and *ranking*. It reads every room below and changes none:
its only acts keep its own roll-ups. Nothing sealed is counted, and no answer here ever counts the table of cases.
"""
