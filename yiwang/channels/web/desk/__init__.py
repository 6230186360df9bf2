"""Pages for people at a desk: administrators and clerks."""
