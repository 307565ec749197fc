"""All regular expressions of a package, and texts that make those that backtrack slow."""

import ast
import importlib
import re
import time
from dataclasses import dataclass
from pathlib import Path

METHODS = ("match", "fullmatch", "search", "sub", "split", "finditer", "findall")
_USE = re.compile(rf"\b(_?[A-Z][A-Z_]+)\.({'|'.join(METHODS)})\b")
#: Long enough that what takes time by the square of it takes seconds.
LENGTH = 20_000
SECONDS = 0.1
#: What texts are made of, apart from what an expression itself has in it.
_PIECES = [
    "a",
    "1",
    "_",
    " ",
    ".",
    "-",
    "/",
    "\\",
    ":",
    ",",
    "=",
    "|",
    "@",
    '"',
    "[",
    "]",
    "<",
    "a.",
    "a ",
    "1,",
]
_WORDS = re.compile(r'(?:\\[\[\]().?*+|{}\\/-]|[A-Za-z0-9 "<>=!:,/_-])+')


@dataclass(frozen=True)
class Use:
    """A regular expression and how it is applied."""

    place: str
    pattern: re.Pattern
    method: str

    def seconds(self, text):
        """Return what it takes to apply it to a text, of processor time."""
        text = text.encode() if isinstance(self.pattern.pattern, bytes) else text
        arguments = ("", text) if self.method == "sub" else (text,)
        if isinstance(text, bytes) and self.method == "sub":
            arguments = (b"", text)
        before = time.thread_time()
        result = getattr(self.pattern, self.method)(*arguments)
        if self.method == "finditer":
            list(result)
        return time.thread_time() - before


def uses_in(package):
    """Yield the regular expressions of an imported package, in all ways that they are used."""
    folder = Path(package.__file__).parent
    paths = sorted(folder.rglob("*.py"))
    sources = {path: path.read_text(encoding="utf-8") for path in paths}
    methods = {}
    for name, method in (found for text in sources.values() for found in _USE.findall(text)):
        methods.setdefault(name, set()).add(method)
    for path, source in sources.items():
        if "import re\n" not in source:
            continue
        name = ".".join((package.__name__, *path.relative_to(folder).with_suffix("").parts))
        module = importlib.import_module(name.removesuffix(".__init__"))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Assign) and _is_call(node.value, "compile"):
                constant = node.targets[0].id
                if not constant.isupper():  # made of names of files; see test_durability_leftovers
                    continue
                assert methods.get(constant), f"{name}.{constant} is never used"
                for method in sorted(methods[constant]):
                    yield Use(f"{name}.{constant}.{method}", getattr(module, constant), method)
            elif any(_is_call(node, method) for method in METHODS):
                pattern = re.compile(ast.literal_eval(node.args[0]))
                yield Use(f"{name}:{node.lineno}", pattern, node.func.attr)


def _is_call(node, method):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) == ("re", method)
    )


def slow_texts(pattern):
    """Yield texts of one piece again and again, which end as no match does."""
    text = pattern.pattern
    text = text.decode() if isinstance(text, bytes) else text
    words = [re.sub(r"\\(.)", r"\1", word) for word in _WORDS.findall(text)]
    words = [word for word in dict.fromkeys(words) if len(word) < 40][:12]
    for piece in dict.fromkeys([*_PIECES, *words, *(word + " " for word in words)]):
        for start in ("", *words[:1], *words[-1:]):
            yield start + piece * (LENGTH // len(piece)) + "\0"
