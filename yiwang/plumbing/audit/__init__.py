"""The audit trail: who did or looked at what, when, in which capacity and for which purpose.

Owns *entry*. It keeps no foreign keys, because it must outlive both the person and the thing: an entry says
`actor="person:12"`, `subject="unit:88"`. The database refuses to change or remove an entry.
"""
