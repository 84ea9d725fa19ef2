"""F5-TTS inference of our own: the official checkpoints, fast, and equal to the stock package."""
