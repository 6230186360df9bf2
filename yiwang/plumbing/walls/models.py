"""The walls have no tables of their own. Django tells only apps that have this module when migrations have run."""
