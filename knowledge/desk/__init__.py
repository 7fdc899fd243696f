"""The curators' desk: what the CMS shows to those who write, review and keep the library."""
