"""Pages of whoever works outside with a telephone: grid workers, courtyard heads, street chiefs."""
