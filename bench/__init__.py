"""Benchmarks against peers: a generator of governance data, tasks, and a table of ratios. Run with `make bench`."""
