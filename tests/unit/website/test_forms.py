"""Every field has its label, and every error is tied to its field."""

import re

import pytest
from django.template import engines


def rendered(source: str, **values: object) -> str:
    parts = "{% from 'components/forms.html' import checkboxes, date_input, error_summary, error_title, password_input, radios, "
    return engines["jinja2"].from_string(parts + "select, send, text_input, textarea %}" + source).render(values)


FIELDS = [
    "{{ text_input('safe', 'How safe?', error=error, hint='Your area') }}",
    "{{ password_input('safe', 'How safe?', error=error, hint='Your area') }}",
    "{{ textarea('safe', 'How safe?', error=error, hint='Your area', most=1000) }}",
    "{{ select('safe', 'How safe?', [('a', 'A')], error=error, hint='Your area') }}",
    "{{ radios('safe', 'How safe?', [('a', 'A'), ('b', 'B', 'more of B')], error=error, hint='Your area') }}",
    "{{ checkboxes('safe', 'How safe?', [('a', 'A'), ('b', 'B')], error=error, hint='Your area') }}",
    "{{ date_input('safe', 'How safe?', error=error, hint='Your area') }}",
]


@pytest.mark.parametrize("source", FIELDS)
def test_each_field_is_labelled_and_described(source):
    html = rendered(source, error="Choose one.")
    ids = set(re.findall(r'\bid="([^"]+)"', html))
    assert "safe" in ids, "error_summary leads to the field's own name"
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) <= ids
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*", html)
    assert fields and all(re.search(r'\bid="([^"]+)"', f)[1] in re.findall(r'for="([^"]+)"', html) for f in fields)
    described = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert {"safe-hint", "safe-error"} <= set(described) <= ids


@pytest.mark.parametrize("source", FIELDS)
def test_a_field_without_error_says_nothing_of_one(source):
    html = rendered(source, error=None)
    assert "error" not in html and "safe-hint" in html


def test_the_summary_leads_to_each_field():
    html = rendered("{{ error_summary(errors) }}", errors={"safe": "Choose one.", "": "Sent too late."})
    assert '<a href="#safe">Choose one.</a>' in html and "<li>Sent too late.</li>" in html


def test_no_errors_no_summary():
    assert rendered("{{ error_summary({}) }}{{ error_title({}) }}").strip() == ""


def test_what_was_chosen_stays_chosen():
    html = rendered(
        "{{ radios('r', 'R', [('a', 'A'), ('b', 'B')], value='b') }}{{ select('s', 'S', [(1, 'A'), (2, 'B')], value=2) }}"
    )
    assert re.search(r'value="b" checked', html) and 'value="a" checked' not in html
    assert '<option value="2" selected>' in html


def test_words_typed_are_escaped():
    assert "&lt;script&gt;" in rendered("{{ textarea('t', 'T', value=v) }}", v="<script>")
