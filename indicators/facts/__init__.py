"""Tables as people keep them → the facts that the engine reads, every problem at its cell."""

from indicators.facts.load import load_facts, read_facts

__all__ = ["load_facts", "read_facts"]
