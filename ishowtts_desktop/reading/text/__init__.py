"""From a chat line to words that can be said: small pure steps, in the order of `prepare`."""
