"""Puts the house together: settings, addresses, which fact wakes which job, and the command `yiwang`."""
