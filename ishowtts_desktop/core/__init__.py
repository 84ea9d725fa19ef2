"""What every room speaks of: messages, utterances, audio chunks, configuration, errors, time."""
