"""Who answers for the ground: accounts, units, posts, the duties that posts carry.

Owns *person*, *unit*, *role* (a named bundle of duties, data), *post* (unit × ground × role), *holding* (a person in
a post from one day to another) and *duty* (what a post may do: a fixed set, in code). Rights come from posts, never
from a person's name; `access` answers without asking the database.
"""
