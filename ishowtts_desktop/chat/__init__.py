"""Chat sources: one module a platform, one protocol, one asyncio thread for all of them."""
