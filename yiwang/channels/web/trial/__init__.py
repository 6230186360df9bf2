"""Pages for whoever tries the platform out; they are there in a demonstration only."""
