"""The catalogue of items 事项清单 and who answers for them.

Owns *board*, *item* (what kind of matter, when it opens and closes, within which times, with which evidence) and
*responsibility* (item or branch × place → post). Configuration, read by cases, tasks and statistics; it
knows no case.
"""
