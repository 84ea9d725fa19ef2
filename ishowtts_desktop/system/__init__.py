"""What the machine offers: paths, logs, secrets, hotkeys, the selection."""
