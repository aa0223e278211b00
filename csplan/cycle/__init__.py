"""What the law and the partnership's own rules say, as tables and questions. No entities, no input or output."""
