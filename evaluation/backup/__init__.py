"""A backup: the whole installation as one encrypted file, and the way back."""
