"""Simulated evenings: what the queue makes of a quiet chat, a raid, a spam bot or a gift storm."""
