"""Trying the platform out, in the demonstration county only: the seats one may take, and a day that plays itself.

Words owned here: seat, day (one played in minutes), beat (what happens between two looks at it), speed. It keeps
whether a day is played and how far it has come; what happens in a beat is played by `demo`, by the rooms' acts.
Whether this is a demonstration at all is said by `people.demonstration`, and asked before everything here.
"""
