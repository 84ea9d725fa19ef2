"""Tests of the rules: who is read, and which words aren't said."""
