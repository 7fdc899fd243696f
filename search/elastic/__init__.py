"""Elasticsearch, beside the embedded engine: nothing outside this folder talks to it."""
