"""What a person sees first. No models and no writes of its own: it calls down."""
