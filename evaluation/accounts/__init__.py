"""How people sign in, with what besides a password, for how long; what they owe before anything else opens."""
