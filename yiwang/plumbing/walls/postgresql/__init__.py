"""Django's PostgreSQL, able to assume a role on connections of a pool."""
