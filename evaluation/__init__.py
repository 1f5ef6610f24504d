"""Who takes part, and when: people, units, cycles."""
