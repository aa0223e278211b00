"""What every test may use. Nothing here reaches beyond this machine."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

#: Open data kept beside the repository; tests marked `real_data` use it where it is there.
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

# A busy machine is no failure: nothing here is judged by how long it took.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

os.environ.setdefault("CSPLAN_SECRET_KEY", "only for tests: no secret")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real open data, or a skip that says so."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the open data folder is not beside the repository")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the tests' own, so that no test touches a person's."""
    folder = tmp_path_factory.mktemp("data")
    os.environ["CSPLAN_DATA"] = str(folder)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave `slow` tests to `make test-all`."""
    if os.environ.get("CSPLAN_TEST_ALL"):
        return
    skip = pytest.mark.skip(reason="slow: run by `make test-all`")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Call a case after its file, never after the file's bytes: archives and e-mails hold a time or a chance boundary,
    and two workers must collect the same names.
    """
    return argname if isinstance(val, bytes) else None
