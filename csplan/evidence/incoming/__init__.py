"""Files that a partnership already has, read into outlines. What was read is a proposal's material, never a record."""
