"""What every room stands on: lives, facts, jobs, refusals, the audit trail, files, working time,
the second wall in the database, and the database that comes along. It knows nothing of the street."""
