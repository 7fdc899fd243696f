"""What this room tells the rooms above it."""

from django.dispatch import Signal

# Somebody may now read more or less than before. Sent inside the transaction; `pages`: the numbers of
# the pages of which that is true.
audiences_changed = Signal()
