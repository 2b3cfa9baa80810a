"""The command line: parse, call, render. Commands stand in the modules beside; this one gathers them and ends the run.

Exit status: 0 done (an empty answer too), 1 an error, 2 wrong usage, 3 some inputs refused or a quotation not verbatim,
130 interrupted, 141 nobody reads on.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import click

from quotes.cli import asking, checking, databases, evaluating, identities, reading, streams
from quotes.cli.options import note
from quotes.errors import QuotesError

COMPLETE = "_QUOTES_COMPLETE"
"""Set where a shell asks for completions."""

INTERRUPTED = 130  # 128 and the number of the signal, as shells say it
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""One thread a process, numpy's too: with two, `extract` took four times the processor time on busy cores."""

EXAMPLES = """\b
Examples:
  quotes demo
  quotes add articles/
  quotes list --speaker "le drian"
  quotes sources "strike at the heart"
"""


@click.group(
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100, "show_default": True},
)
@click.version_option(package_name="quotes", prog_name="quotes")
@click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error; after a command too.")
def cli() -> None:
    """Who said what, to whom, and where it stands in the text.

    Reads news articles, finds every statement that somebody makes in them, works out who the speaker is, and keeps it
    all in a database that you can ask.
    """


for _module in (reading, asking, checking, identities, databases, evaluating):
    for _command in _module.COMMANDS:
        cli.add_command(_command)


def main() -> None:
    """Runs the command line and exits with its status."""
    streams.watch_output()
    os.environ |= {**ONE_THREAD, **os.environ}  # read when numpy is first imported; processes started later inherit it
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # not where it is ignored, as behind nohup
        signal.signal(signal.SIGINT, _interrupted)
    status = run(sys.argv[1:])
    if status == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C while Python ends would change the status
    sys.exit(status)


def _interrupted(_signal: int, _frame: FrameType | None) -> None:
    """The first Ctrl-C ends the run in order, a second at once: a database withstands that, and workers end as well."""
    signal.signal(signal.SIGINT, lambda _signal, _frame: os._exit(INTERRUPTED))
    raise KeyboardInterrupt


def run(arguments: list[str]) -> int:
    """Runs the command line; its exit status. Errors come out as one line, with a traceback only after --debug."""
    debug = "--debug" in arguments
    arguments = [argument for argument in arguments if argument != "--debug"]
    try:
        status = cli.main(arguments, prog_name="quotes", standalone_mode=False)
    except (KeyboardInterrupt, click.Abort):
        note("Interrupted.")
        return INTERRUPTED
    except SystemExit as ended:  # the answer to a shell's completion, or of click and rich to a reader that has gone
        return int(ended.code or 0) if COMPLETE in os.environ else streams.BROKEN_PIPE
    except click.ClickException as error:
        return _usage(error)
    except Exception as error:
        status = streams.lost() if isinstance(error, OSError) else 0
        if debug and not status:
            raise
        return status or _failed(error)
    return streams.lost() or (status if isinstance(status, int) else 0)


def _failed(error: Exception) -> int:
    """An error, as one line."""
    reason = " ".join(str(error).split("\n[SQL")[0].split())
    known = isinstance(error, QuotesError)
    note(f"Error: {reason}" if known else f"Error: {type(error).__name__}: {reason}. Run it again with --debug.")
    return 1


def _usage(error: click.ClickException) -> int:
    """Wrong usage, as one line that says where help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "quotes"
    message = _message(error).rstrip(".")
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        note(message)
    else:
        note(f"Error: {message}. Try: {path} --help")
    return error.exit_code


def _message(error: click.ClickException) -> str:
    """What is wrong, after the option or argument that it is wrong with: "--limit: 'abc' is not a whole number"."""
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter) and error.param:
        return f"{error.param.get_error_hint(error.ctx).replace(chr(39), '')}: {error.message}"
    return error.format_message()
