"""Pages everybody has: signing in, one's password, second factor, sessions and tokens."""
