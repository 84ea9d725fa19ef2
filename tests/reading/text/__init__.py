"""Tests of the steps from a chat line to what is said."""
