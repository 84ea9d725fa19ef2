"""The pipeline: rules, text preparation, the queue and the conductor of it all."""
