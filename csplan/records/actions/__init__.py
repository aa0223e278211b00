"""Everything that changes a record: one verb a function, each with `by`, each one transaction with its audit event."""
