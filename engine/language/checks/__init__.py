"""What a rule book must agree on beyond its grammar."""
