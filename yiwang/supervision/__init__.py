"""Supervision 督办: nothing sleeps. Who is told when time runs out, who is watched, and how that ends.

Words owned here: watch (the next moment at which something must be done for a case), the three colours, ladder, rung,
reminder, overrun (that a limit was passed), order (督办: an instruction that must be answered) and listed order
(挂牌督办, ended only by strike-off). It follows the history of cases and never moves one: what it says to a case is
a note. Sealed cases are not watched here: they are known only to those who investigate.
"""
