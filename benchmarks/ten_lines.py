"""What anyone would write with typer, rich and pydantic: the yardstick of cold_start.py."""

import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table


class Line(BaseModel):
    """One row of the table."""

    name: str
    number: int


def show(name: str = "sleep", number: int = 2) -> None:
    """Show one row."""
    line, table = Line(name=name, number=number), Table("name", "number")
    table.add_row(line.name, str(line.number))
    Console().print(table)


typer.run(show)
