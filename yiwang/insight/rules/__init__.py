"""The law of the numbers: what a case adds to them, how they are reckoned, what is usual and what is not."""
