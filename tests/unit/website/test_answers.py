import json
from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest
from django.test import RequestFactory

from csplan.website.answers import Table, addresses, answer, as_csv, plain


@dataclass(frozen=True)
class Period:
    id: str
    begins: date


def test_plain_values_keep_what_they_say():
    facts = {
        "period": Period("2025", date(2025, 1, 1)),
        "counts": np.array([1, 2]),
        "rate": np.float64(2.5),
        "missing": float("nan"),
        "none": None,
        "is_open": True,
        "pairs": (("a", 1),),
    }
    assert plain(facts) == {
        "period": {"id": "2025", "begins": "2025-01-01"},
        "counts": [1, 2],
        "rate": 2.5,
        "missing": None,
        "none": None,
        "is_open": True,
        "pairs": [["a", 1]],
    }


def test_plain_refuses_what_has_no_form():
    with pytest.raises(TypeError, match="object has no form in JSON"):
        plain({"thing": object()})


def test_json_holds_the_facts_and_not_the_page():
    request = RequestFactory().get("/p/about.json")
    response = answer(request, "none.html", {"name": "Café"}, page={"drawing": "<svg/>"})
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert json.loads(response.content) == {"name": "Café"}
    assert "é".encode() in response.content


def test_csv_has_heads_and_blank_for_no_value():
    table = Table(("Month", "Count"), [("2025-01", 12), ("2025-02", None)])
    assert as_csv(table).content.decode() == "Month,Count\r\n2025-01,12\r\n2025-02,\r\n"


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@x", "\tx", "\rx"])
def test_csv_disarms_formulae(words):
    body = as_csv(Table(("A",), [(words,)])).content.decode()
    assert "'" + words[0] in body.split("\r\n", 1)[1]


def test_csv_leaves_numbers_alone():
    assert "-2.5" in as_csv(Table(("A",), [(-2.5,)])).content.decode().splitlines()


def test_addresses_of_a_page_and_of_a_table():
    def view(request):
        return None

    assert [str(p.pattern) for p in addresses("x", view)] == ["x/", "x.json"]
    assert [str(p.pattern) for p in addresses("x", view, table=True)] == ["x/", "x.json", "x.csv"]
