"""The arithmetic and the scheme language: pure, exact, columnar. Knows neither Django nor a clock nor a file."""

VERSION = "0.1.0"
"""Of the arithmetic. A result names the version that made it."""
