"""`--update-golden` rewrites messages.golden.txt from what the program says now."""


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/broken/messages.golden.txt")
