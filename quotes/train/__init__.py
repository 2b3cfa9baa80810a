"""The training of `detect/data`; never imported at run time. See `python -m quotes.train --help`."""
