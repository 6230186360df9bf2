"""Configuration kept in memory, and how every process hears that it changed.

Owns *topic* (places, access, calendar …) and *snapshot* (what a process keeps of it). Places, posts and
calendars are small and asked for constantly: each process keeps them whole, and PostgreSQL's NOTIFY tells all
processes when somebody changed them.
"""
