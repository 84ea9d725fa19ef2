"""From the written to the spoken form: numbers, money, dates, units, slang, acronyms, shouting.

English and Chinese only; what is in another language stays as it is written, for its engine. One
pass over the line: `tokens` finds what isn't plain words, `english` and `chinese` say numbers,
`letters` tells minutes from millions, `romans` knows whose number follows, `slang` and `acronyms`
are tables, `speller` puts it together. Why own rules: docs/adr/0013.
"""
