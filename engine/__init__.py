"""The arithmetic and the scheme language: pure, exact, columnar. Knows neither Django nor a clock nor a file."""
