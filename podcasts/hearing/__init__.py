"""How often episodes are heard, without knowing by whom."""
