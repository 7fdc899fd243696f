"""The demo library: real, useful, ours."""
