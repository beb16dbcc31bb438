"""Actions, auth functions, schemas and validators."""
