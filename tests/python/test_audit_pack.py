"""R46, R54: evidence packs: the same bytes for the same inputs, no change unnoticed, nobody's name in one without names."""
from __future__ import annotations

import contextlib
import hashlib
import io
import json
import pathlib
import random
import struct
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from audit_support import LETTER, PACKAGE, PEOPLE, Shop, audit, changed, only, open_engine
from aesop.audit import verify_pack
from aesop.audit.pack import json_text

KEY = "a key of twenty bytes"


@pytest.fixture(scope="module")
def office() -> Iterator[Shop]:
    engine = open_engine()
    shop = Shop(engine)
    shop.clean("r1", "=order 17")
    shop.start("order-18-run", "order 18")
    shop.do("request_exception", "ana", run="order-18-run", policy="skip_pack", reason="ana says so", documents=[LETTER])
    shop.do("advance", "root", to="2026-03-20T09:00:00Z", at="2026-03-20T09:00:00Z")
    shop.do("delegate", "lee", run="order-18-run", step="pack", to="cy")
    yield shop
    engine.close()


def write(office: Shop, path: pathlib.Path, **options: Any) -> audit.Pack:
    book = office.book()
    frame = [run.subject for run in book.runs.values()]
    sample = audit.simple_sample(frame, 1, seed="s", of="subject", name="orders")
    return audit.write_pack(path, book, **{
        "created": "2026-04-01T09:00:00Z", "findings": audit.conformance(book), "samples": [sample],
        "measures": audit.kpis(book, "parcel"), "query": {"sop": "parcel", "note": "order 18"}, "seed": "s",
        "library": "1.2.3", **options})


def verify(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = verify_pack.main(list(arguments))
    return code, out.getvalue()


def contents(path: pathlib.Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(path: pathlib.Path, files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def test_the_same_inputs_give_the_same_bytes(office: Shop, tmp_path: pathlib.Path) -> None:
    first, second = write(office, tmp_path / "a.zip"), write(office, tmp_path / "b.zip")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.manifest_hash == second.manifest_hash
    other = write(office, tmp_path / "c.zip", created="2026-04-01T09:00:01Z")
    assert other.manifest_hash != first.manifest_hash


def test_a_pack_holds_what_the_audit_rests_on(office: Shop, tmp_path: pathlib.Path) -> None:
    pack = write(office, tmp_path / "a.zip")
    files = contents(pack.path)
    assert sorted(files) == ["events.csv", "events.jsonl", "findings.csv", "findings.json", "kpis.json", "manifest.json",
                             "runs.csv", "samples/orders.json", "sops/parcel-1.0.0.sop.json", "sops/parcel-1.0.0.txt",
                             "verification.json"]
    manifest = json.loads(files["manifest.json"])
    head = office.client.ask({"do": "verify"})["head"]
    assert manifest["log"] == {"entries": len(office.book().entries), "head": head, "id": manifest["log"]["id"]}
    assert (manifest["created"], manifest["library"], manifest["seed"], manifest["deidentified"]) == (
        "2026-04-01T09:00:00Z", "1.2.3", "s", False)
    assert manifest["sops"][0]["published"] == "sops/parcel-1.0.0.sop.json"
    published = office.client.ask({"do": "sop", "sop": "parcel"})
    assert files["sops/parcel-1.0.0.sop.json"].decode() == published["text"]
    assert files["sops/parcel-1.0.0.txt"].decode() == published["show"]
    events = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    assert [one["seq"] for one in events] == list(range(1, len(events) + 1))
    assert any(one.get("data", {}) for one in events)
    assert verify(str(pack.path), "--manifest", pack.manifest_hash, "--head", pack.head) == (0, f"{pack.path}: ok\n")


def test_cells_that_a_spreadsheet_would_run_are_text(office: Shop, tmp_path: pathlib.Path) -> None:
    files = contents(write(office, tmp_path / "a.zip").path)
    assert ",'=order 17," in files["runs.csv"].decode()
    assert json.loads(files["samples/orders.json"])["strata"][0]["frame"] == ["=order 17", "order 18"]


def test_a_pack_without_names_has_no_name_in_it_and_still_verifies(office: Shop, tmp_path: pathlib.Path) -> None:
    pack = write(office, tmp_path / "a.zip", deidentify=KEY)
    files = contents(pack.path)
    everything = b"\n".join(files[name] for name in files if not name.startswith("sops/"))
    for name in [*(f'"{person}"' for person in PEOPLE), *(person.title() for person in PEOPLE), "order 17", "order 18",
                 "order-18", "ana says so", LETTER["sha256"], '"root"', '"c7"']:
        assert name.encode() not in everything, name
    events = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    assert not any("data" in one for one in events)
    named = [one for one in events if one["type"] == "task_delegated"][0]
    assert named["control"]["to"] == audit.Pseudonyms(KEY).of("person", "cy")
    assert named["run"] == audit.Pseudonyms(KEY).of("run", "order-18-run")
    started = [one for one in events if one["type"] == "run_started"][1]
    assert started["control"]["subject"] == audit.Pseudonyms(KEY).of("subject", "order 18")
    timer = [one for one in events if one["type"] == "rung_fired"][0]["control"]["timer"]
    assert timer.startswith(f"t/{named['run']}/")
    assert json.loads(files["manifest.json"])["query"] == {"sop": "parcel"}  # a text nobody knows is left out
    assert verify(str(pack.path))[0] == 0


def test_pseudonyms_are_the_same_with_the_same_key_only(office: Shop, tmp_path: pathlib.Path) -> None:
    one, same, other = (audit.Pseudonyms(key) for key in (KEY, KEY.encode(), KEY + "!"))
    assert one.of("person", "ana") == same.of("person", "ana") != other.of("person", "ana")
    assert one.of("person", "ana")[2:] != one.of("subject", "ana")[2:]
    assert one.of("person", "role:clerk") == "role:clerk"
    with pytest.raises(audit.AuditError, match="at least 16 bytes"):
        audit.Pseudonyms("short")


def test_members_that_a_later_version_adds_are_left_out_of_a_pack_without_names() -> None:
    kept = audit.Pseudonyms(KEY).entry({"seq": 1, "type": "new", "patient_name": "Ana", "control": {
        "birthday": "2001-01-01", "step": "pack", "number": 3, "nested": [{"who": "ana", "actor": "ana"}]}})
    assert kept == {"seq": 1, "type": "new", "control": {
        "step": "pack", "number": 3, "nested": [{"actor": audit.Pseudonyms(KEY).of("person", "ana")}]}}


def test_every_change_of_a_file_is_named(office: Shop, tmp_path: pathlib.Path) -> None:
    files = contents(write(office, tmp_path / "a.zip").path)
    path = tmp_path / "b.zip"
    for name in files:
        repack(path, {**files, name: files[name] + b" "})
        code, text = verify(str(path))
        if name == "manifest.json":  # a space more says the same: only its own hash tells
            assert code == 0 and verify(str(path), "--manifest", "0" * 64)[0] == 1
        else:
            assert code == 1 and f"{name}: it is not what the manifest says" in text
        if name != "manifest.json":  # the same size, and sound as a zip
            repack(path, {**files, name: b"#" + files[name][1:]})
            assert verify(str(path)) == (1, f"{path}: {name}: it is not what the manifest says (its SHA-256 differs)\n")
    repack(path, {name: data for name, data in files.items() if name != "runs.csv"})
    assert verify(str(path)) == (1, f"{path}: runs.csv: the manifest names it, and it is not there\n")
    repack(path, {**files, "more.txt": b""})
    assert verify(str(path)) == (1, f"{path}: more.txt: it is there, and the manifest does not name it\n")
    repack(path, files, zipfile.ZIP_DEFLATED)  # packed by somebody else: the contents are what counts
    assert verify(str(path))[0] == 0


def forge(files: dict[str, bytes], name: str, data: bytes) -> dict[str, bytes]:
    """The pack with another file and a manifest that agrees."""
    manifest = json.loads(files["manifest.json"])
    for row in manifest["files"]:
        if row["path"] == name:
            row.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    return {**files, name: data, "manifest.json": json_text(manifest).encode()}


def test_what_the_files_say_is_checked_too(office: Shop, tmp_path: pathlib.Path) -> None:
    files = contents(write(office, tmp_path / "a.zip").path)
    path = tmp_path / "b.zip"

    def verdict(name: str, data: bytes) -> str:
        repack(path, forge(files, name, data))
        code, text = verify(str(path))
        assert code == 1
        return text.partition(": ")[2].strip()

    lines = files["events.jsonl"].splitlines(keepends=True)
    assert verdict("events.jsonl", b"".join(lines[:-1])).startswith("events.jsonl: it does not hold the")
    sample = json.loads(files["samples/orders.json"])
    sample["strata"][0]["chosen"] = [one for one in sample["strata"][0]["frame"] if one not in sample["strata"][0]["chosen"]]
    assert verdict("samples/orders.json", json_text(sample).encode()) == (
        "samples/orders.json: what was chosen of the frame does not come out of the seed")
    sample["strata"][0]["frame"].append("zz")
    assert "the hash of the frame is not that of its ids" in verdict("samples/orders.json", json_text(sample).encode())
    findings = json.loads(files["findings.json"])
    findings["findings"][0]["events"][0]["seq"] = 9999
    assert verdict("findings.json", json_text(findings).encode()) == (
        "findings.json: a finding cites entry 9999, which is not there")
    measures = json.loads(files["kpis.json"])
    measures["kpis"][0]["numerator"] = []
    assert verdict("kpis.json", json_text(measures).encode()).startswith("kpis.json: sent does not cite an entry for every")
    assert verdict("events.jsonl", lines[0][:-1]) == "events.jsonl: it cannot be read: ValueError('a line does not end, " \
        "or is too long')"
    assert verdict("findings.json", b"{").startswith("findings.json: it cannot be read")


def test_no_flipped_byte_changes_what_is_read_unnoticed(office: Shop, tmp_path: pathlib.Path) -> None:
    pack = write(office, tmp_path / "a.zip")
    whole, data = contents(pack.path), pack.path.read_bytes()
    path = tmp_path / "b.zip"
    chosen = random.Random(7)
    places = [chosen.randrange(len(data)) for _ in range(150)] + list(range(len(data) - 400, len(data), 3))
    for place in places:
        path.write_bytes(data[:place] + bytes([data[place] ^ (1 << chosen.randrange(8))]) + data[place + 1:])
        code, _ = verify(str(path), "--manifest", pack.manifest_hash)
        assert code in (0, 1, 3)
        if code == 0:
            assert contents(path) == whole, place
    for size in (0, 1, 100, len(data) // 2, len(data) - 1):
        path.write_bytes(data[:size])
        assert verify(str(path))[0] == 3


def hostile(path: pathlib.Path, names: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED, mode: int = 0) -> str:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in names:
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            info.external_attr = mode << 16
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that a name is there twice is what is tried
                archive.writestr(info, data)
    code, text = verify(str(path))
    assert code == 3, text
    return text


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a/../../b", "a\\b", "C:x", "a//b", ".hidden", "dir/", "é", "a b",
                                  "x" * 301])
def test_names_that_leave_the_pack_are_refused(tmp_path: pathlib.Path, name: str) -> None:
    text = hostile(tmp_path / "a.zip", [("manifest.json", b"{}"), (name, b"")])
    assert "which is no name of a pack" in text


def test_what_a_zip_can_hide_is_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.zip"
    manifest = ("manifest.json", b"{}")
    assert "twice" in hostile(path, [manifest, ("a", b"1"), ("a", b"2")])
    assert "twice" in hostile(path, [manifest, ("a", b"1"), ("A", b"2")])
    assert "link or device" in hostile(path, [manifest, ("a", b"/etc/passwd")], mode=0o120777)
    assert "beyond 200 to 1" in hostile(path, [manifest, ("a", b"\0" * 10_000_000)], zipfile.ZIP_DEFLATED)
    assert "method that is not known" in hostile(path, [manifest, ("a", b"1")], zipfile.ZIP_BZIP2)
    assert "no manifest.json" in hostile(path, [("a", b"1")])
    assert "manifest that cannot be read" in hostile(path, [manifest])
    assert "manifest that cannot be read" in hostile(path, [("manifest.json", b"[" * 100_000)])
    assert "version 2" in hostile(path, [("manifest.json", json.dumps(
        {"aesop_pack": 2, "files": [], "log": {"head": "", "entries": 0}}).encode())])

    repack(path, {"manifest.json": b"{}", "a": b"1"})
    data = path.read_bytes()
    for forged, reason in ((b"hidden" + data, "hidden bytes"), (data + b"tail", "bytes after its end"),
                           (data[:-2] + struct.pack("<H", 4) + b"note", "a comment")):
        path.write_bytes(forged)
        code, text = verify(str(path))
        assert code == 3 and reason in text, text


def test_files_that_overlap_are_refused(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.zip"
    repack(path, {"manifest.json": b"{}", "a": b"1"})
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\1\2")
    data[second + 42:second + 46] = (0).to_bytes(4, "little")  # both begin at the first byte
    path.write_bytes(bytes(data))
    assert "overlapping" in verify(str(path))[1]


def test_nothing_that_a_pack_says_reaches_the_terminal_as_a_command(office: Shop, tmp_path: pathlib.Path) -> None:
    files = contents(write(office, tmp_path / "a.zip").path)
    manifest = json.loads(files["manifest.json"])
    manifest["files"].append({"path": "\x1b[2Jall is well\ud800\n", "size": 0, "sha256": ""})
    path = tmp_path / "b.zip"
    repack(path, {**files, "manifest.json": json.dumps(manifest).encode()})
    assert verify(str(path)) == (1, f"{path}: ?[2Jall is well??: the manifest names it, and it is not there\n")


def test_more_data_than_allowed_is_refused(office: Shop, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "a.zip"
    repack(path, {"manifest.json": b"{}", "a": b"1" * (2 << 20)})
    code, text = verify(str(path), "--max-size", "1")
    assert code == 3 and "more than 1 allowed" in text


def test_the_exit_codes_are_those_of_the_program(office: Shop, tmp_path: pathlib.Path) -> None:
    pack = write(office, tmp_path / "a.zip")
    assert verify(str(pack.path))[0] == 0
    assert verify(str(pack.path), "--head", "0" * 64)[0] == 1
    for usage in ([], ["a", "b"], ["a", "--head", "xyz"], ["a", "--max-size", "0"], ["--what", "a"]):
        code, text = verify(*usage)
        assert code == 2 and "usage" in text
    assert verify(str(tmp_path / "none.zip"))[0] == 3
    assert verify("--help")[0] == 0


def test_the_check_needs_no_aesop_but_its_own_file(office: Shop, tmp_path: pathlib.Path) -> None:
    pack = write(office, tmp_path / "a.zip")
    alone = [sys.executable, "-I", str(PACKAGE / "aesop" / "audit" / "verify_pack.py"), str(pack.path)]
    assert subprocess.run(alone, capture_output=True, text=True).stdout == f"{pack.path}: ok\n"


def test_the_module_has_the_check_as_a_command(office: Shop, tmp_path: pathlib.Path,
                                               capsys: pytest.CaptureFixture[str]) -> None:
    from aesop.audit.__main__ import run

    pack = write(office, tmp_path / "a.zip")
    assert run(["verify", str(pack.path)]) == 0
    assert run(["verify", str(tmp_path)]) == 3
    assert run([]) == run(["verif", "a"]) == 2
    assert "usage" in capsys.readouterr().err


def test_what_cannot_become_a_pack_is_an_error(office: Shop, tmp_path: pathlib.Path) -> None:
    book = office.book()
    twice = audit.simple_sample(["a"], 1, seed="s", name="x")
    with pytest.raises(audit.AuditError, match="two files of the pack would be called samples/x.json"):
        audit.write_pack(tmp_path / "a.zip", book, created="2026-04-01T09:00:00Z", samples=[twice, twice])
    with pytest.raises(audit.AuditError, match="cannot be the name of a file"):
        audit.write_pack(tmp_path / "a.zip", book, created="2026-04-01T09:00:00Z",
                         samples=[audit.simple_sample(["a"], 1, seed="s", name="../x")])
    with pytest.raises(audit.AuditError, match="'today' is no time"):
        audit.write_pack(tmp_path / "a.zip", book, created="today")
    with pytest.raises(audit.AuditError, match="cannot write"):
        audit.write_pack(tmp_path / "none" / "a.zip", book, created="2026-04-01T09:00:00Z")
    shorter = changed(book, lambda rows: rows.remove(only(rows, "person_put")))
    with pytest.raises(audit.AuditError, match="read the store again"):
        audit.write_pack(tmp_path / "a.zip", shorter, created="2026-04-01T09:00:00Z")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a.zip").mkdir()
    with pytest.raises(audit.AuditError, match="cannot write"):
        audit.write_pack(tmp_path / "a.zip", book, created="2026-04-01T09:00:00Z")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]
