"""Real servers over a folder of their own, stopped without warning, and the residents who answer meanwhile."""
