"""The arithmetic expressions of the rule `formula`: text → tokens → terms → a number, row by row."""
