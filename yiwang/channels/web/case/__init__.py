"""A case as every seat has it before them: what may be done with it, the forms that do it, what it looks like."""
