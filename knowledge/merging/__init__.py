"""Making one of two: a person, a theme or a tag that was entered twice.

`references` knows where something is named, `plan` says what would change, `apply` changes it.
"""
