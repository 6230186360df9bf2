"""The PostgreSQL that comes along: a real server out of a Python wheel, kept in the data folder.

Owns *home* (the data folder), *cluster* (PostgreSQL's files in it) and *lock* (one Yiwang per folder). It listens on
a socket only, never on the network. `DATABASE_URL` replaces it by a server of your own; nothing else in the platform
knows the difference.
"""
