"""Lists from outside: CSV and Excel read row by row under their own headings, and a report on each rejected row.

Owns *column* (a field of ours with the headings people use for it), *row* and *report*. What a row means is the
business of the room that asked for it.
"""
