"""The ground floor: what a text, a name and a word are, before anybody asks who said what. Pure; it knows no stage.

`page` reads a text once: words, sentences, paragraphs, headings, quotation marks. `names` parses a name.
"""
