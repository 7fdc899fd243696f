"""What this room tells the rooms above it."""

from django.dispatch import Signal

# Sent inside the transaction that records a new result. Arguments: sender (model), instance.
prepared = Signal()
