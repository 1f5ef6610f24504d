"""The only writers of this app: each in one transaction, each with its entry in the audit trail."""
