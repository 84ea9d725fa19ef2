"""Voices: who speaks. The embedded ones for now; the library of cloned voices lives here."""
