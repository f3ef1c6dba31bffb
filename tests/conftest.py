"""Options of all Python tests."""


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden texts anew from what the program says now")
