"""Hot topics 热点清单: the same trouble told by many over weeks, in different words and places.

Words owned here: topic, teller, heat. Topics are found in the background, in a process of their own, among what is
open to all; confidential and sealed cases are never looked at. Nothing here merges, moves or judges a case. How it is
done, and how often it is right, stands in `docs/triage.md`; decision 0022 says why so.
"""
