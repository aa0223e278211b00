"""The commands, a file for each subject. Reading them in names them in `csplan.terminal`: every file here is read, so none is forgotten."""

from importlib import import_module
from pkgutil import iter_modules

for _subject in iter_modules(__path__):
    import_module(f"{__name__}.{_subject.name}")
