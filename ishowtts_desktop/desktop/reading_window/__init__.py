"""The window "Reading": what is read, how it is said, by whom, and what gives way when."""
