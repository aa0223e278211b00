"""The process in which a file from outside is opened: `python -m csplan.evidence.incoming.child NAME`, the file on standard input.

It answers one JSON document on standard output: {"outline": …}, {"drawn": …} of boundaries, or {"refused": sentence}. It limits its own memory and time before
anything that is not ours touches the file, so that a file made to exhaust a machine exhausts this process alone.
"""

import json
import resource
import sys

from csplan.cycle import outline
from csplan.errors import InputRejected

MIB = 1024 * 1024
#: A plan of a hundred pages takes some 150 MB and two seconds, most of them the libraries' own.
MEMORY_BYTES = 1536 * MIB
SECONDS = 40
#: Length of an answer. A plan of two hundred pages makes one of about a million letters, places and all.
ANSWER_LETTERS = 8_000_000
#: Said after the name of a file of boundaries.
DRAWN = "drawn"


def limit() -> None:
    """Set this process's limits. macOS knows no limit of memory; there time alone holds."""
    wanted = {resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_AS: MEMORY_BYTES}
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            if kind != resource.RLIMIT_AS or sys.platform != "darwin":
                raise


def read(data: bytes, name: str) -> outline.Outline:
    """The outline of a Word document, workbook or CSV file."""
    from csplan.evidence.incoming import package

    kind = package.kind(data, name)
    if kind == "docx":
        from csplan.evidence.incoming import docx_reader

        return docx_reader.read(data, name)
    from csplan.evidence.incoming import sheet_reader

    return sheet_reader.read_csv(data, name) if kind == "csv" else sheet_reader.read_workbook(data, name, kind)


def main() -> None:
    """Read what is on standard input and answer."""
    limit()
    name, data = sys.argv[1], sys.stdin.buffer.read()
    try:
        if sys.argv[2:] == [DRAWN]:
            from csplan.evidence.incoming import drawn

            sys.stdout.write(json.dumps({"drawn": drawn.read(data, name)}, ensure_ascii=True))
            return
        answer = json.dumps({"outline": outline.as_json(read(data, name))}, ensure_ascii=True)
        if len(answer) > ANSWER_LETTERS:
            answer = json.dumps(
                {"refused": f"{name} holds more words than such a file does. Give the part that is wanted alone."}
            )
    except InputRejected as e:
        answer = json.dumps({"refused": str(e)})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
