"""Numbers that others printed, by the page of docs/methods they stand on: one module of CASES for each page."""

import importlib
import pkgutil

from tests.verification.published.case import Published

#: page -> its cases
PUBLISHED: dict[str, tuple[Published, ...]] = {
    module.name: importlib.import_module(f"{__name__}.{module.name}").CASES
    for module in pkgutil.iter_modules(__path__)
    if module.name != "case"
}
