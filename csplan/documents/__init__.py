"""Given values, makes paper: one paper tree, three writers; charts and maps as SVG."""
