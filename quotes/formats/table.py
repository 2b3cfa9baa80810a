"""Rows → a table as wide as the terminal: which columns it shows, and how wide each is.

In: all rows, and a `Layout`. Out: the table; where it cannot be read so narrow, the rows one below another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

from quotes.formats.cells import marked, shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Row = Mapping[str, Any]
GAP = 3  # cells between two columns

READABLE = 16
"""Width in cells below which a column of sentences is no longer read."""

NARROW = 14
"""Width in cells of the columns that must make room for a long one: a date, or most names in two lines."""

COMFORTABLE = 60
"""Width in cells that the longest column keeps where others want more: a line of print has 45 to 75 letters."""

LONG = 30
"""Width in cells that a column needs to be added: a longer name or office takes two lines."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table: `first` always, then of `more` those that the width has room for.

    `usual` has the value of a column that goes without saying; where a row has another one, the column is shown.
    """

    first: Sequence[str] = ()
    more: Sequence[str] = ()
    usual: Mapping[str, object] = field(default_factory=dict)


def write_table(rows: Sequence[Row], layout: Layout, stream: TextIO) -> None:
    """Writes all rows as one table."""
    if not rows:
        return
    from rich.console import Console

    console = Console(file=stream)
    columns = shown_columns(rows, layout, console.width)
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    needed = [max(len(name), *(_width(row[place]) for row in cells)) for place, name in enumerate(columns)]
    widths = fitted(columns, needed, console.width)
    if widths is None:
        _one_below_another(console, columns, cells)
    else:
        _beside_each_other(console, columns, cells, widths)


def shown_columns(rows: Sequence[Row], layout: Layout, width: int) -> list[str]:
    """The columns to show in a terminal `width` cells wide."""
    chosen = list(layout.first or rows[0])
    told = [name for name, value in layout.usual.items() if any(row.get(name, value) != value for row in rows)]
    chosen[1:1] = [name for name in told if name not in chosen]
    needed = {name: _needed(rows, name) for name in chosen}
    for name in layout.more:
        if name in chosen or not any(row.get(name) not in (None, "") for row in rows):
            continue
        wanted = {**needed, name: _needed(rows, name)}
        longest = max(wanted, key=lambda column: wanted[column])
        room = width - GAP * (len(wanted) - 1) - min(wanted[longest], COMFORTABLE)
        if sum(min(cells, LONG) for column, cells in wanted.items() if column != longest) <= room:
            needed = wanted
            chosen.append(name)
    return chosen


def _needed(rows: Sequence[Row], name: str) -> int:
    """Width in cells of a column that cuts no line."""
    return max(len(name), *(_width(_cell(row[name])) for row in rows))


def fitted(columns: Sequence[str], needed: Sequence[int], width: int) -> list[int] | None:
    """Widths that fit a terminal, each as needed where there is room; None where sentences would be too narrow.

    The column that needs most keeps half the room, or a line of print. The others share the rest: those that need
    little get it all.
    """
    room = width - GAP * (len(columns) - 1)
    if sum(needed) <= room:
        return list(needed)
    longest = max(range(len(needed)), key=lambda place: needed[place])
    kept = min(needed[longest], max(READABLE, min(room // 2, COMFORTABLE)))
    limit = max(needed)
    while True:
        widths = [max(len(name), min(cells, limit)) for name, cells in zip(columns, needed, strict=True)]
        left = room - sum(widths) + widths[longest]
        if limit <= NARROW or left >= kept:
            break
        limit -= 1
    if left < min(needed[longest], READABLE):
        return None
    widths[longest] = 0
    for place in (longest, *range(len(needed))):  # what the longest does not need goes to the others, in order
        widths[place] += max(0, min(needed[place] - widths[place], room - sum(widths)))
    return widths


def _cell(value: object) -> Text:
    from rich.text import Text

    return Text.assemble(*marked(shown(value)))


def _width(cell: Text) -> int:
    """Cells of the longest line."""
    return max((line.cell_len for line in cell.split("\n")), default=0)


def _beside_each_other(
    console: Console, columns: Sequence[str], rows: Sequence[Sequence[Text]], widths: Sequence[int]
) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, width in zip(columns, widths, strict=True):
        table.add_column(name, overflow="fold", width=width)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _one_below_another(console: Console, columns: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    """Each row by itself, a column a line: where a table would have to leave columns out."""
    width = max(map(len, columns)) + 2
    for number, row in enumerate(rows):
        if number:
            console.print()
        for name, cell in zip(columns, row, strict=True):
            console.print(f"{name:{width}}", cell, sep="", overflow="fold")
