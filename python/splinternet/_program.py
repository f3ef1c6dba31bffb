"""The console script `splinternet`: the same program as the C++ one."""

import sys

from splinternet import _core


def main() -> int:
    """Run the program on the arguments of the command line and return its exit code."""
    return _core.run_command(sys.argv[1:])
