"""How much: panels, bonuses, deductions, runs and their score sheets."""
