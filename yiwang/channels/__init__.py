"""Doors to the outside: pages, API. A channel carries outside words in and out and decides nothing."""
