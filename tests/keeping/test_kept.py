"""A real server is killed without warning while answers arrive, and two hundred send one form: none is lost, none counts twice."""

import importlib
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from csplan.records import receipts

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
residents = importlib.import_module("keeping.residents")

#: 10 kills in `make test`, 50 in `make test-all`; `make soak` does 200.
KILLS = 50 if os.environ.get("CSPLAN_TEST_ALL") else 10


@pytest.fixture
def server(tmp_path):
    with residents.Server(tmp_path / "data") as served:
        yield served


def lost(server, codes):
    """Acknowledged answers that are not held."""
    return {receipts.fingerprint(code) for code in codes} - set(server.held())


def test_no_answer_is_lost_or_doubled_when_the_server_is_killed(server):
    codes = residents.kill_while_answers_arrive(server, KILLS)
    assert len(codes) > KILLS, "residents answered between the kills"
    assert lost(server, codes) == set()
    assert max(Counter(server.held()).values()) == 1
    # A form is sent again until it has a receipt: what is held beyond the receipts are forms on their way at the end, one each.
    assert len(server.held()) - len(set(codes)) <= 4
    server.kill()
    assert server.verify()


def test_with_the_receipt_given_before_the_disk_answers_are_lost(tmp_path):
    """The twin: the same loop notices a server that acknowledges what it has not stored."""
    with residents.Server(tmp_path / "data", twin="receipt-before-the-disk") as server:
        codes = residents.kill_while_answers_arrive(server, 3)
        server.kill()
        assert lost(server, codes)


def test_two_hundred_send_one_form_at_once(server):
    filled = {**residents.form(server.port), "answer-plan": "Agree"}
    together = Barrier(200, timeout=60)

    def send(_):
        together.wait()
        return residents.send(server.port, filled)

    with ThreadPoolExecutor(200) as people:
        codes = list(people.map(send, range(200)))
    assert len(set(codes)) == 1 and codes[0] is not None
    assert server.held() == [receipts.fingerprint(codes[0])]
