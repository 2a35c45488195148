"""Open tasks taken to another version of their workflow: previewed, applied, undone."""
