"""Audio outputs: the sound device, a WAV file, and what they share."""
