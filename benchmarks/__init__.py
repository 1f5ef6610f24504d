"""Speed as a ratio: ours, a floor and a peer, measured in one run."""
