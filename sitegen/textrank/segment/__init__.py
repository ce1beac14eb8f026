"""Text to sentences: verbatim spans of a block, never joined, never trimmed of their words.

Whether a mark ends a sentence is decided where it stands, from the word before it, the word after
it and the quotation marks and brackets around it. One pattern finds the marks; the rest is done
only there and looks only so far, so that the time is linear in the text, whatever is in it: 600
words of news take 0.07 ms.

sentencex, which knows the abbreviations of many languages, is asked about single words where our
own table is short. It is not given whole texts: that takes quadratic time where quotation marks
stay open, fails on lone surrogates, and does not tell why it cut.

======================  ==========================================================
``spans.py``            the way from a block to its sentences: start here
``marks.py``            the rules: does this mark end a sentence?
``words.py``            what the word before a full stop is: an abbreviation, figures
``language.py``         a language's marks and words in one value
``quotations.py``       quotations and brackets that stay in one piece
``characters.py``       which characters are marks, closing, opening
``abbreviations.py``    the words of each language, and nothing else
======================  ==========================================================
"""

from sitegen.textrank.segment.spans import sentence_spans

__all__ = ["sentence_spans"]
