"""Pages of whoever answers for a ground as a whole: leaders, heads of centres."""
