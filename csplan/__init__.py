"""Evidence-led community safety planning: a partnership's statutory year, with every link kept."""

__version__ = "0.1.0"
