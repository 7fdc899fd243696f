"""Covers: every item's own window on an endless tiled wall."""
