"""Meetings of a town's committee 会议: the last-item rule 末尾议题, by which no hard old matter is forgotten.

Words owned here: agenda rule (when a case belongs before the committee), reason (why this one), meeting, last item (a
case that stands on the agenda of every meeting until it is struck off), entry (what became of it, never changed). A
case is never moved here: what a meeting decides about it is said on the case as a note. Sealed cases never come here.
"""
