"""Voices: who speaks. The embedded ones, and the library of cloned ones."""
