"""The minute book. Nothing changes except through `actions`, each with `by`, each with its audit event."""
