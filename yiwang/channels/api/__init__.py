"""The API: one module per resource, the schema beside its endpoint. Errors are problem documents (RFC 9457)."""
