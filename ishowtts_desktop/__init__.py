"""iShowTTS Desktop: reads a live chat aloud, in process, from the tray."""

__version__ = "0.1.0"
