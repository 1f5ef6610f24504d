"""Results as pages show them: read from the stored sheets, explained by executing the run's snapshot again."""
