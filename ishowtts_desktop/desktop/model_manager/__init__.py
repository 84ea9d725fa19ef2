"""The window where models are downloaded, checked and removed."""
