"""The wall: one page for a room, read from five metres, that nobody operates and that never tells of anybody."""
