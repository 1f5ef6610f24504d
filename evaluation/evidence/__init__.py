"""Files that something rests on: what one is by its structure, how its name is made harmless, where it is kept."""
