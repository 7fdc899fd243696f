"""Writing rights into the copies that are published."""
