"""Pages for residents, on the phone first: report, follow, find again. Nobody needs an account here."""
