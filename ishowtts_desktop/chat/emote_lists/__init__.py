"""Emotes that the platform doesn't know: 7TV, BetterTTV and FrankerFaceZ show words as pictures."""
