"""Bringing a show, with all its episodes, from the host where it lives now."""
