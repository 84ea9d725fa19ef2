"""Checkpoints as things to have: which are published, downloading, checking, removing them."""
