"""Takes numbers and arrays, returns a frozen result. Knows no crime, no area, no file."""
