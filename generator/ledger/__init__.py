"""The vetted power database: an append-only ledger of signed versions, and its folds."""
