"""Measuring: benchmarks of the speech engine, against the stock package and against the chip."""
