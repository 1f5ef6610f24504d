"""And if not: publicity, appeals, corrections, publication."""
