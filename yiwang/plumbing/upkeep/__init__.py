"""Keeping the job queue in order: interrupted jobs are taken up again, finished ones are cleared away.

Owns the words *interrupted* (its worker was killed in the middle) and *lag* (how long the oldest job that could run
waits). It decides nothing about what the jobs do.
"""
