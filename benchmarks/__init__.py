"""Speed as ratios: the product over what others do the same work with, measured in one run."""
