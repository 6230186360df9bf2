"""The load of grid workers 基层减负: what is asked of each in a week, by whom, and for how long.

Words owned here: asking (something wanted of one worker: a report, a check, a task, a word by way of an answer), its
minutes, the most a week may hold, asked twice. It counts what the loop has asked; rooms that ask other things
(forms, visits) name theirs in `project/wiring.py`. It judges no worker, but the units that ask.
"""
