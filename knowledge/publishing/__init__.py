"""Becoming live: the gate, the doors of the CMS that lead through it, and the clock's part."""
