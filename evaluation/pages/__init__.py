"""What people see of units, people and time: each page fetches, asks the rule, calls one service, and shows."""
