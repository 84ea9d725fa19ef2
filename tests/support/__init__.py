"""Real servers, screens and sound for the tests."""
