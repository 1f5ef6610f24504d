"""What is evaluated: schemes in force, indicators, targets, collected facts."""
