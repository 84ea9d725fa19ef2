"""From a chat line to what is said: one small pure step a module, put in order by `prepare`.

Every step takes any string (lone surrogates, NUL, a hundred thousand characters), raises nothing
and takes time in proportion to its length.
"""
