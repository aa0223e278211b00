"""Files as they arrive: what is opened, what is refused, and that no name from outside reaches the disk."""

import gzip
import io
import os
import stat
import struct
import tarfile
import zipfile

import pytest

from csplan.errors import CsplanError
from csplan.evidence import archive
from csplan.evidence.archive import Refused


def members_of(path):
    return [m for found in archive.find([path]) for m in archive.members(found)]


def test_folder_is_walked_in_order_and_litter_is_left(put, tmp_path):
    put("b/2.csv", b"two")
    put("a/1.csv", b"one")
    put("a/.DS_Store", b"x")
    put("__MACOSX/1.csv", b"x")
    found = archive.find([tmp_path / "given"])
    assert [f.name for f in found] == ["given/a/1.csv", "given/b/2.csv"]


def test_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CsplanError, match="There is no file or folder"):
        archive.find([tmp_path / "nowhere.zip"])


def test_empty_folder_is_refused(tmp_path):
    with pytest.raises(CsplanError, match="holds no files"):
        archive.find([tmp_path])


def test_link_in_a_folder_is_not_followed(put, tmp_path):
    put("real.txt", b"secret")
    (tmp_path / "given" / "a.csv").symlink_to(tmp_path / "given" / "real.txt")
    with pytest.raises(Refused, match="is a link or a device"):
        members_of(tmp_path / "given")


@pytest.mark.parametrize("pack, name", [("zip_bytes", "x.zip"), ("tar_bytes", "x.tar.gz"), ("tar_bytes", "x.tgz")])
def test_members_of_an_archive_are_named_after_it(draw, put, pack, name):
    data = getattr(draw, pack)({"2025-06/2025-06-durham-street.csv": b"a", "2025-07/2025-07-durham-street.csv": b"b"})
    found = members_of(put(name, data))
    assert [(m.path, m.data) for m in found] == [
        (f"{name}!2025-06/2025-06-durham-street.csv", b"a"),
        (f"{name}!2025-07/2025-07-durham-street.csv", b"b"),
    ]
    assert found[0].name == "2025-06-durham-street.csv"


def test_single_packed_file_is_its_own_member(put):
    found = members_of(put("2025-06-durham-street.csv.gz", gzip.compress(b"hello")))
    assert [(m.path, m.name, m.data) for m in found] == [("2025-06-durham-street.csv.gz", "2025-06-durham-street.csv", b"hello")]


@pytest.mark.parametrize("pack, name", [("zip_bytes", "x.zip"), ("tar_bytes", "x.tar.gz")])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_archive_cut_short_is_refused_whole(draw, put, pack, name, share):
    whole = getattr(draw, pack)({f"{i}.csv": os.urandom(5000) for i in range(4)})
    with pytest.raises(Refused, match=r"damaged or was cut short\. Download it again\."):
        members_of(put(name, whole[: int(len(whole) * share)]))


def test_archive_with_a_changed_byte_is_refused_whole(draw, put):
    whole = bytearray(draw.zip_bytes({"a.csv": os.urandom(5000)}))
    whole[2000] ^= 1
    with pytest.raises(Refused, match="damaged"):
        members_of(put("x.zip", bytes(whole)))


def test_archive_that_unpacks_to_far_more_than_it_should_is_refused(draw, put):
    bomb = draw.zip_bytes({"a.csv": bytes(40 * archive.MIB)})
    assert len(bomb) < archive.MIB
    with pytest.raises(Refused, match="unpacks to far more"):
        members_of(put("x.zip", bomb))
    with pytest.raises(Refused, match="unpacks to far more"):
        members_of(put("x.csv.gz", gzip.compress(bytes(40 * archive.MIB))))


def test_sizes_that_an_archive_declares_are_not_believed(draw, put):
    data = bytearray(draw.zip_bytes({"a.csv": bytes(40 * archive.MIB)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(Refused):
        members_of(put("x.zip", bytes(data)))


def test_members_that_lie_over_one_another_are_refused(draw, put):
    data = draw.zip_bytes({"a.csv": b"a" * 50, "b.csv": b"b" * 50})
    at = data.rindex(b"PK\x01\x02")
    same = data[: at + 42] + struct.pack("<I", 0) + data[at + 46 :]
    with pytest.raises(Refused, match="lie over one another"):
        members_of(put("x.zip", same))


def test_too_many_members_are_refused(draw, put, monkeypatch):
    monkeypatch.setattr(archive, "MEMBERS", 3)
    members_of(put("three.zip", draw.zip_bytes({f"{i}.csv": b"x" for i in range(3)})))
    with pytest.raises(Refused, match="more than 3 files"):
        members_of(put("four.zip", draw.zip_bytes({f"{i}.csv": b"x" for i in range(4)})))


def test_archive_under_a_password_is_refused(draw, put):
    data = bytearray(draw.zip_bytes({"a.csv": b"secret"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(Refused, match="locked with a password"):
        members_of(put("x.zip", bytes(data)))


def test_empty_archive_is_refused(draw, put):
    with pytest.raises(Refused, match="holds no files"):
        members_of(put("x.zip", draw.zip_bytes({})))


@pytest.mark.parametrize("inner", ["zip_bytes", "tar_bytes"])
def test_archive_in_an_archive_is_not_opened(draw, put, inner):
    (member,) = members_of(put("x.zip", draw.zip_bytes({"y.zip": getattr(draw, inner)({"a.csv": b"a"})})))
    assert member.refusal is not None and member.refusal.code == "nested"


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "C:\\a.csv", "a/../../b.csv", "..\\a.csv"])
@pytest.mark.parametrize("pack, archive_name", [("zip_bytes", "x.zip"), ("tar_bytes", "x.tar.gz")])
def test_member_whose_name_points_outside_is_not_read(draw, put, name, pack, archive_name):
    before = sorted(put("x", b"").parent.parent.rglob("*"))
    (member,) = members_of(put(archive_name, getattr(draw, pack)({name: b"x"})))
    assert member.refusal is not None and member.refusal.code == "unsafe_member" and member.data == b""
    after = sorted(put("x", b"").parent.parent.rglob("*"))
    assert [p.name for p in after if p not in before] == [archive_name]


def test_link_in_a_zip_is_not_read(put):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        info = zipfile.ZipInfo("a.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(info, "/etc/passwd")
    (member,) = members_of(put("x.zip", out.getvalue()))
    assert member.refusal is not None and member.data == b""


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_link_or_device_in_a_tar_is_not_read(put, kind):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as packed:
        info = tarfile.TarInfo("a.csv")
        info.type, info.linkname = kind, "/etc/passwd"
        packed.addfile(info)
    (member,) = members_of(put("x.tar.gz", out.getvalue()))
    assert member.refusal is not None and member.data == b""


@pytest.mark.parametrize(
    "told, given, expected",
    [
        (("2025-06", "2025-12"), None, "2025-12"),  # the archive's own month, over the folder that repeats the file's
        (("2025-06", "durham"), None, None),  # nothing tells
        (("2025-06", "durham"), "2025-11", "2025-11"),  # said by hand
        (("2025-06", "2025-12"), "2025-11", "2025-12"),  # told wins over said
        (("2025-06", "2025-06"), None, "2025-06"),  # the archive of the file's own month
        (("2025-12",), None, "2025-12"),  # a folder named after the release
        (("2025-03",), None, None),  # no release holds months after itself
    ],
)
def test_edition_is_told_by_what_is_around_a_file(told, given, expected):
    assert archive.edition(told, "2025-06", given) == expected
