"""The only writers: each in one transaction, each with its entry in the audit trail."""
