"""Roll-ups computed three ways: by the product, by plain Python and by DuckDB, on random trees with random pasts."""
