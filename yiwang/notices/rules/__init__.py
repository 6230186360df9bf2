"""The law of notices: occasions and channels, whether one goes by the other, quiet hours, and how messages go out."""
