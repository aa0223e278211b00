"""A receipt follows from the form's key, is read forgivingly, and is kept as a fingerprint only."""

import pytest

from csplan.errors import CsplanError
from csplan.records import receipts


def test_the_same_form_gives_the_same_receipt_and_another_another():
    key = receipts.new_form_key()
    code = receipts.code("p/one", key)
    assert code == receipts.code("p/one", key) and len(code) == 19 and code.count("-") == 3
    assert code not in (receipts.code("p/two", key), receipts.code("p/one", receipts.new_form_key()))


@pytest.mark.parametrize(
    "written",
    ["ABCD-EFGH-IJKL-MNO2", "abcd efgh ijkl mno2", "ABCDEFGHIJKLMNO2", " abcd-efgh-1jkl-mn02 "],  # 1 for I, 0 for O
)
def test_a_receipt_is_read_however_it_is_written(written):
    assert receipts.fingerprint(written) == receipts.fingerprint("ABCD-EFGH-IJKL-MNO2")


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "a b" * 12])
def test_a_key_that_no_form_carries_is_refused(key):
    with pytest.raises(CsplanError, match="Open the form again"):
        receipts.check_form_key(key)


def test_new_keys_are_taken():
    keys = {receipts.check_form_key(receipts.new_form_key()) for _ in range(100)}
    assert len(keys) == 100
