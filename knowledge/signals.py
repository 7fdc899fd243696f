"""What this room tells the rooms above it."""

from django.dispatch import Signal

# Somebody may now read more or less than before. Sent inside the transaction; no arguments.
audiences_changed = Signal()
