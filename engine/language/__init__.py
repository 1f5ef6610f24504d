"""The scheme language: a rule book as a YAML file."""
