"""The desktop: the only room with Qt in it."""
