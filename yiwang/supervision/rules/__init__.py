"""The law of supervision: the clock's colours, the ladder, orders."""
