"""The window where voices are made, tried, changed and removed."""
