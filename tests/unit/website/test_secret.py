import os
import stat
import subprocess
import sys

import pytest

from csplan.errors import CsplanError
from csplan.website.secret import SHORTEST, check_own_key, demonstration_key


def test_the_demonstration_keeps_its_key(tmp_path):
    key = demonstration_key(tmp_path / "new")
    assert len(key) >= SHORTEST and demonstration_key(tmp_path / "new") == key
    assert stat.S_IMODE((tmp_path / "new/secret-key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path / "new") == ["secret-key"]


@pytest.mark.parametrize("length", [0, SHORTEST - 1])
def test_a_real_installation_needs_a_long_key(tmp_path, length):
    with pytest.raises(CsplanError, match="CSPLAN_SECRET_KEY"):
        check_own_key("k" * length, tmp_path)


def test_a_real_installation_refuses_the_demonstrations_key(tmp_path):
    with pytest.raises(CsplanError, match="demonstration’s key"):
        check_own_key(demonstration_key(tmp_path), tmp_path)


def test_a_long_key_of_its_own_is_taken(tmp_path):
    assert check_own_key("k" * SHORTEST, tmp_path) == "k" * SHORTEST


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"CSPLAN_HOSTS": "safer.example.org", "CSPLAN_DEBUG": "1"}, "debug is on"),
        ({"CSPLAN_HOSTS": "safer.example.org", "CSPLAN_SECRET_KEY": ""}, "CSPLAN_SECRET_KEY is not"),
        ({"DATABASE_URL": "mysql://db/csplan"}, "is to name a PostgreSQL server"),
        ({"DATABASE_URL": "postgresql://db"}, "is to name a PostgreSQL server"),
    ],
)
def test_unsafe_settings_do_not_start(tmp_path, settings, sentence):
    program = "import sys; from csplan.website import start; start(sys.argv[1])"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CSPLAN_")} | settings
    ran = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode and "csplan.errors.CsplanError: " in ran.stderr and sentence in ran.stderr
