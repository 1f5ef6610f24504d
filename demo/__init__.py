"""A small made-up city with a year's facts, votes and claims, for trying the schemes out."""
