"""The second wall: PostgreSQL itself shows a transaction only the rows of the ground it stands on.

Owns the words *ground* (place-code prefixes set for one transaction) and *app role*. The first wall is each
room's `visible_to`; this one catches the query that forgot it. It decides nobody's rights.
"""
