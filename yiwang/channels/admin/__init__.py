"""Administration pages: the ground, people, units, posts, roles, set up by those who administer them.

One module a room. The pages stand on this floor and not in the rooms, because the pages of the ground must ask
`people.access`, which the ground itself may not know. Everything is written through the rooms' actions.
"""
