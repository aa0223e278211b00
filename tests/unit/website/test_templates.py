"""Rules that hold for every template, whoever writes it."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template
from jinja2 import nodes

FOLDER = Path(__file__).resolve().parents[3] / "csplan/website/templates"
TEMPLATES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.html"))


@pytest.fixture(params=TEMPLATES)
def source(request: pytest.FixtureRequest) -> str:
    return (FOLDER / request.param).read_text()


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name):
    assert get_template(name)


def test_no_script_or_style_stands_in_a_page(source):
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']", source)
    assert "javascript:" not in source


def test_no_page_loads_from_elsewhere(source):
    assert not re.search(r"<(?:script|link|img|iframe|source|use)[^>]+(?:src|href)=[\"']?(?:https?:)?//", source)


def test_every_link_of_the_site_keeps_the_reading_day(source):
    assert not re.search(r"<a [^>]*href=\"/", source), "write href=\"{{ link('/…') }}\""


def test_no_arithmetic_in_a_page(source):
    tree = engines["jinja2"].env.parse(source)
    sums = list(tree.find_all((nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)))
    sums += [n for n in tree.find_all(nodes.Add) if not any(n.find_all(nodes.List))]  # lists may be joined
    assert [n.lineno for n in sums] == []
