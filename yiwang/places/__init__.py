"""The ground: one tree of places from county to courtyard, the roads that cross it, their boundaries.

Owns *place*, *kind*, *boundary*, *redrawing* (the ground is drawn anew) and *succession* (which place follows
which). A place's code is its address: a child's code begins with its parent's, so "everything inside" is a prefix.
It knows nobody: who answers for a place is told in `people`.
"""
