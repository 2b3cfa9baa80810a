"""SQL text in; where it begins, the words in it and its `:name` parameters out. Pure, and for PostgreSQL's dialect.

SQLite binds `:name` itself; PostgreSQL knows `$1` only. What stands in strings, quoted names, dollar quotes and
comments is no parameter, nor is the type after `::`.
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
      [eE]'(?:[^'\\]|\\.|'')*'(?:\s*\n\s*'(?:[^'\\]|\\.|'')*')*   # with backslashes, continued on the next line or not
    | '(?:[^']|'')*'
    | "(?:[^"]|"")*"
    | (?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$
    | --[^\n\r]*
    | /\*
    | ::|:=
    | [\w$]+
    | :(?P<name>[^\W\d]\w*)
    | .
    """,
    re.X | re.S,
)

WORD_START = r"[A-Za-z_\x80-\U0010ffff]"
WORDS = re.compile(rf"{WORD_START}[A-Za-z0-9_$\x80-\U0010ffff]*")
WORDS_WITHOUT_DOLLAR = re.compile(rf"{WORD_START}[A-Za-z0-9_\x80-\U0010ffff]*")
"""In PostgreSQL every character beyond ASCII is a letter of a name; so is `$`, but where it ends a dollar quote."""

SPACE_OR_COMMENT = re.compile(r"\s+|--[^\n\r]*|/\*")


def name_parameters(sql: str) -> tuple[str, list[str]]:
    """Write `$1`, `$2`, ... for each `:name`; return the new text and the names in that order, each once."""
    names: list[str] = []
    pieces: list[str] = []
    position = 0
    while match := TOKEN.match(sql, position):
        position = comment_end(sql, position) if match[0] == "/*" else match.end()
        if name := match["name"]:
            if name not in names:
                names.append(name)
            pieces.append(f"${names.index(name) + 1}")
        else:
            pieces.append(sql[match.start() : position])
    return "".join(pieces), names


def comment_end(sql: str, start: int) -> int:
    """The end of the comment that begins at `start`; in PostgreSQL a comment may hold comments."""
    depth = 0
    for mark in re.compile(r"/\*|\*/").finditer(sql, start):
        depth += 1 if mark[0] == "/*" else -1
        if depth == 0:
            return mark.end()
    return len(sql)


def statement_start(sql: str) -> int:
    """The offset of the first character that is neither space nor comment."""
    position = 0
    while match := SPACE_OR_COMMENT.match(sql, position):
        position = comment_end(sql, position) if match[0] == "/*" else match.end()
    return position


def words(sql: str) -> set[str]:
    """Every word in the text, in strings and comments too, as written and as PostgreSQL folds it (ASCII only)."""
    found = {*WORDS.findall(sql), *WORDS_WITHOUT_DOLLAR.findall(sql)}
    return found | {word.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass") for word in found}
