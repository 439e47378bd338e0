"""DMN models: read with those they import, and asked for decisions."""
from __future__ import annotations

import dataclasses
import datetime
import html
import os
import pathlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Union

from . import _aesop
from .feel import _answer, _now
from .sop import Finding
from .table import DecisionTable

__all__ = ["Dmn", "DmnOffer", "DmnStep"]

#: What a function in another language is answered by: its kind ("java", "pmml"), what the model says of it (of Java
#: {"class", "method signature"}), and its arguments by the names of its parameters.
External = Callable[[str, Mapping[str, Any], Mapping[str, Any]], Any]


@dataclasses.dataclass(frozen=True)
class DmnOffer:
    """A decision, service, business knowledge model or input of a model. Types are FEEL's; "Any" where nothing is known.

    `inputs` are what is to be given, with their types; `outputs` the decisions of a service; `table` says whether it is
    a decision table.
    """

    name: str
    type: str
    inputs: dict[str, str] = dataclasses.field(default_factory=dict)
    outputs: tuple[str, ...] = ()
    table: bool = False

    @classmethod
    def _of(cls, row: Mapping[str, Any]) -> DmnOffer:
        return cls(row["name"], row["type"], {one["name"]: one["type"] for one in row.get("inputs", ())},
                   tuple(row.get("outputs", ())), row.get("table", False))


class DmnStep(NamedTuple):
    """A decision or knowledge that was evaluated, how many others asked for it, and what it gave.

    `rules` has, of each decision table in it, the numbers of the rules that matched, from 1.
    """

    element: str
    depth: int
    value: Any
    rules: tuple[tuple[int, ...], ...]


def _beside(path: pathlib.Path, text: str) -> dict[str, str]:
    """The other models of a file's folder, where it imports any. What is no text is no model."""
    texts: dict[str, str] = {}
    if "import" not in text:
        return texts
    for other in sorted(path.parent.glob("*.dmn")):
        if other.name != path.name and other.is_file():
            try:
                texts[other.name] = other.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue
    return texts


class Dmn:
    """A DMN model, compiled once: Dmn.open. Immutable; any number of threads may ask it at once.

    As DMN has it, what is wrong in an expression makes it null when it is evaluated, and one that cannot even be read is a
    warning in `findings`. With `strict` both are errors.
    """

    def __init__(
        self, text: str, name: str = "model", *, imports: Mapping[str, str] | None = None, strict: bool = False,
        external: External | None = None,
    ) -> None:
        self._native = _aesop.Dmn(text, name, dict(imports or {}), strict, external)
        self.findings: list[Finding] = [Finding(*row) for row in self._native.findings()]
        try:
            self._native.demand_ok()
        except _aesop.Error as error:
            shown = type(error)(f"{error.message}:\n{self._native.render()}")
            shown.message, shown.help = error.message, error.help
            raise shown from None
        about = self._native.describe()
        self.name: str = about["name"]
        self.namespace: str = about["namespace"]
        #: Names of its imports, with the namespaces of the models.
        self.imports: dict[str, str] = {one["name"]: one["namespace"] for one in about["imports"]}
        self.inputs: list[DmnOffer] = [DmnOffer._of(row) for row in about["inputs"]]
        self.decisions: list[DmnOffer] = [DmnOffer._of(row) for row in about["decisions"]]
        self.services: list[DmnOffer] = [DmnOffer._of(row) for row in about["services"]]
        self.knowledge: list[DmnOffer] = [DmnOffer._of(row) for row in about["knowledge"]]

    @classmethod
    def open(
        cls, source: Union[str, os.PathLike[str]], *, imports: Mapping[str, str] | None = None, strict: bool = False,
        external: External | None = None,
    ) -> Dmn:
        """Reads a model: the path of a .dmn file, or its text. A str with a line break or a "<" in it is text.

        `imports` are texts of the models it imports, by the names of their files; of a file, the others of its folder are
        looked through as well. `external` answers functions in other languages (kind Java or PMML):
        `external("java", {"class": ..., "method signature": ...}, {"x": 2})`; without it they are None with a diagnostic.

        ParseError, SchemaError (XML, but no model), UnsupportedVersion, UnsoundDefinition: their texts show the findings
        with file, line and caret. NotFound, IoError and BadUtf8 for a file.
        """
        if isinstance(source, str) and ("\n" in source or "<" in source):
            return cls(source, imports=imports, strict=strict, external=external)
        path = pathlib.Path(source)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise _aesop.NotFound(f"there is no file {path}") from None
        except UnicodeDecodeError:
            raise _aesop.BadUtf8(f"{path} is not in UTF-8") from None
        except OSError as error:
            raise _aesop.IoError(f"{path} cannot be read: {error.strerror}") from None
        return cls(text, str(path), imports={**_beside(path, text), **(imports or {})}, strict=strict, external=external)

    def evaluate(
        self, decision: str, inputs: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None,
        zone: str = "", diagnostics: list[str] | None = None,
    ) -> Any:
        """The value of a decision with all that it rests on. What is not given is null; so is what goes wrong, and
        `diagnostics`, a list of yours, gets the reasons with their places in the file.

        `inputs` are by name, those of an import in a dict named as it is; texts become dates, times and durations where
        the model says so. `now` is what now() and today() are, the machine's clock when left out; `zone` is where (UTC).
        NotFound; SchemaError for an input that the model does not have. An exception of `external` comes through.
        """
        return self._ask("decision", decision, inputs, now, zone, diagnostics)

    def evaluate_service(
        self, service: str, inputs: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None,
        zone: str = "", diagnostics: list[str] | None = None,
    ) -> Any:
        """The value of a decision service: of one output its value, of several a dict. `inputs` are its input data and
        input decisions."""
        return self._ask("service", service, inputs, now, zone, diagnostics)

    def evaluate_knowledge(
        self, knowledge: str, inputs: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None,
        zone: str = "", diagnostics: list[str] | None = None,
    ) -> Any:
        """The result of a business knowledge model. `inputs` are its parameters."""
        return self._ask("knowledge", knowledge, inputs, now, zone, diagnostics)

    def explain(
        self, decision: str, inputs: Mapping[str, Any] | None = None, *, now: datetime.datetime | None = None,
        zone: str = "", diagnostics: list[str] | None = None,
    ) -> list[DmnStep]:
        """How the value of a decision comes to be: the decision first, then the decisions and knowledge it asked for."""
        _, reasons, steps = self._native.ask("decision", decision, dict(inputs or {}), _now(now), zone, True)
        return [DmnStep(*step) for step in _answer((steps, reasons), diagnostics)]

    def table(self, name: str) -> DecisionTable:
        """The decision table of a decision or business knowledge model. NotFound when it is none."""
        for kind, offers in (("decision", self.decisions), ("knowledge", self.knowledge)):
            for offer in offers:
                if offer.name == name and offer.table:
                    return DecisionTable._of(name, self._native.table(kind, name), tuple(offer.inputs),
                                             self._asking(kind, name))
        known = [offer.name for offer in (*self.decisions, *self.knowledge) if offer.table]
        raise _aesop.NotFound(f"the model has no decision table {name!r} (it has: {', '.join(known) or 'none'})")

    def render(self) -> str:
        """The findings with file, line, caret and help."""
        return self._native.render()

    def _asking(self, kind: str, name: str) -> Callable[..., Any]:
        def evaluate(
            inputs: Mapping[str, Any] | None, *, now: datetime.datetime | None, diagnostics: list[str] | None
        ) -> Any:
            return self._ask(kind, name, inputs, now, "", diagnostics)

        return evaluate

    def _ask(
        self, kind: str, name: str, inputs: Mapping[str, Any] | None, now: datetime.datetime | None, zone: str,
        diagnostics: list[str] | None,
    ) -> Any:
        value, reasons, _ = self._native.ask(kind, name, dict(inputs or {}), _now(now), zone, False)
        return _answer((value, reasons), diagnostics)

    def __repr__(self) -> str:
        return f"<aesop.Dmn {self.name}, {len(self.decisions)} decisions>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(what)}</td><td>{html.escape(offer.name)}</td><td>{html.escape(offer.type)}</td>"
            f"<td>{html.escape(', '.join(offer.inputs))}</td></tr>"
            for what, offers in (("input", self.inputs), ("decision", self.decisions), ("service", self.services),
                                 ("knowledge", self.knowledge)) for offer in offers)
        head = "<tr><th></th><th>name</th><th>type</th><th>takes</th></tr>"
        return f"<table><caption>{html.escape(self.name)}</caption><thead>{head}</thead><tbody>{rows}</tbody></table>"
