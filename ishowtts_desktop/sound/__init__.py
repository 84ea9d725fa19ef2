"""Signals: what is measured and done on samples alone, by numpy. Every room may use it."""
