"""What templates say in one word: times, names, counts, pictures and maps, the same on every page."""
