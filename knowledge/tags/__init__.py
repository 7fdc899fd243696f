"""Tags (etiquetas): where each is used, and their list in the CMS."""
