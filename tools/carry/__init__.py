"""How the carried figures are worked out, one noun to a file. Run through `tools/carry_figures.py`."""
