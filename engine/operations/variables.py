"""Files of several rasters, such as NetCDF and Zarr: their variables, each a raster of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Union

from ..errors import InputError, Message
from ..job import NO_JOB, Job
from ..model.raster import Raster
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from ..storage.urls import redact
from .names import variable_of
from .opening import RasterName, checked_gdal_name, display_name, is_flac_name, open_raster
from .some_bands import SomeBands
from .stack import Layer, StackedRaster
from .stores import NETCDF, ZARR, ZARR_3, opened_store, store_kind

if TYPE_CHECKING:
    from ..rasterio_io.container import Part

#: What is left out of a file that is converted whole, and how that is said.
_LEFT_OUT = {
    "bounds": "note.bounds_left",
    "coordinates": "note.bounds_left",
    "text": "note.variables_left",
    "line": "note.variables_left",
    "empty": "note.empty_left",
}
#: Roles of variables that are rasters for those who ask for them by name.
_RASTERS = ("raster", "bounds", "coordinates")
#: Maximum number of names in a message.
_NAMED = 20


@dataclass(frozen=True)
class Variable:
    """A raster in a file.

    Parameters
    ----------
    name : str
        With its groups, such as ``model/tas``.
    source : str
        What opens it.
    bands : tuple of int, optional
        Its bands in what is opened, from 1; None for all.
    store : str, optional
        As of `store_kind`, where xarray opens it, not GDAL.
    """

    name: str
    source: str
    bands: tuple[int, ...] | None = None
    store: str | None = None

    @contextmanager
    def opened(self, workers: int | None, job: Job) -> Iterator[Raster]:
        """Open it for the length of a ``with`` block."""
        if self.store is not None:
            with opened_store(self.source, self.store) as store:
                yield store.raster(self.name)
            return
        with open_raster(self.source, workers=workers, job=job) as raster:
            yield raster if self.bands is None else SomeBands(raster, raster.metadata, self.bands)


#: How a variable is chosen: names, several of them separated by commas.
Choice = Union[str, Sequence[str], Variable, None]


@dataclass(frozen=True)
class Contents:
    """The rasters in a file.

    Parameters
    ----------
    name : str
        Of the file, for messages.
    variables : tuple of Variable
        Empty if it is one raster whose bands are not named.
    others : tuple of Variable
        Bounds and coordinates of the variables: rasters only for those who ask for them.
    is_raster : bool
        Whether the file can be opened as one raster, which has all variables.
    notes : tuple of Message
        What is left out where all variables are converted.
    """

    name: str
    variables: tuple[Variable, ...] = ()
    others: tuple[Variable, ...] = ()
    is_raster: bool = True
    notes: tuple[Message, ...] = ()

    def choose(self, choice: Choice) -> tuple[Variable, ...]:
        """Return the variables that are asked for, all without a choice.

        Raises `InputError` with the names of those that there are.
        """
        if isinstance(choice, Variable):
            return (choice,)
        if choice is None:
            return self.variables
        by_name = {variable.name: variable for variable in (*self.others, *self.variables)}
        found = {}
        names = [choice] if isinstance(choice, str) and choice in by_name else _names(choice)
        for name in names:
            variable = by_name.get(name.strip("/"))
            if variable is None and not by_name:
                raise InputError("variable.none_here", self.name, found=name)
            if variable is None:
                parts = _listed([each.name for each in self.variables or self.others])
                raise InputError("variable.unknown", self.name, found=name, parts=parts)
            found[variable.name] = variable
        return tuple(found.values())


def is_several(name: RasterName, choice: Choice = None) -> bool:
    """Whether a file becomes several rasters, or those of its variables that are asked for do."""
    return len(contents_of(name).choose(choice)) > 1


def _names(choice: str | Sequence[str]) -> list[str]:
    texts = choice.split(",") if isinstance(choice, str) else choice
    texts = texts if isinstance(texts, Sequence) else [texts]
    names = [text.strip() for text in texts if isinstance(text, str) and text.strip()]
    if not names or len(names) < len(texts):
        raise InputError("variable.choice", found=f"{choice!r:.80}")
    return names


def single_name(choice: Choice) -> str | None:
    """Return the name of a variable that is chosen alone, after which an output is named."""
    if choice is None or isinstance(choice, Variable):
        return None if choice is None else choice.name
    names = _names(choice)
    return names[0] if len(names) == 1 else None


def _listed(names: Sequence[str]) -> str:
    shown = list(names)
    if len(shown) > _NAMED:
        shown[_NAMED - 2 : -1] = ["…"]
    return ", ".join(shown)


def contents_of(name: RasterName, job: Job = NO_JOB) -> Contents:
    """List the rasters in a file; a FLAC raster is one, whose bands have no variables.

    Raises `InputError` if the file cannot be opened, or if there is nothing in it to convert.
    """
    shown = redact(display_name(name))
    if isinstance(name, FlacRaster) or is_flac_name(name):
        return Contents(shown)
    text = checked_gdal_name(name)
    # not at the top: a FLAC raster must open where rasterio is not installed
    from ..rasterio_io.container import read_container
    from ..rasterio_io.environment import has_driver, rasterio_environment

    kind = store_kind(text)
    if kind == NETCDF and not has_driver("netCDF"):  # that of HDF5 finds neither axes nor times
        return _contents_of_store(shown, text, kind)
    try:
        with rasterio_environment():
            container = read_container(text, job)
    except InputError as error:
        if error.code not in _MAYBE_SEVERAL or kind not in (ZARR, ZARR_3):
            raise
        return _contents_of_store(shown, text, kind)
    if not container.bands and kind in (ZARR, ZARR_3):  # GDAL cannot read several dates of it
        return _contents_of_store(shown, text, kind)
    parts = [(part.role, _of_part(part)) for part in container.parts]
    if container.bands and not any(part.path for part in container.parts):
        # pages of a TIFF, for example: GDAL opens one, and the others are asked for by name
        pages = tuple(variable for _, variable in parts)
        return Contents(shown, _of_bands(text, container.bands), pages)
    return _of_parts(shown, parts)


def _of_parts(shown: str, parts: Sequence[tuple[str, Variable]]) -> Contents:
    variables = tuple(variable for role, variable in parts if role == "raster")
    others = tuple(variable for role, variable in parts if role in _RASTERS[1:])
    notes = tuple(_left_out(shown, parts))
    if not variables and notes:
        raise InputError("variable.nothing", shown, reason=notes[0])
    return Contents(shown, variables, others, is_raster=not parts, notes=notes)


def _contents_of_store(shown: str, path: str, kind: str) -> Contents:
    with opened_store(path, kind) as store:
        parts = [(role, Variable(name, path, store=kind)) for name, role in store.roles()]
    return _of_parts(shown, parts)


def _of_part(part: Part) -> Variable:
    return Variable(part.path or variable_of(part.source), part.source)


def _of_bands(source: str, names: Sequence[str]) -> tuple[Variable, ...]:
    """Return the variables of a raster whose bands say which they belong to."""
    bands: dict[str, list[int]] = {}
    for number, name in enumerate(names, start=1):
        bands.setdefault(name, []).append(number)
    if "" in bands:
        return ()
    if len(bands) == 1:
        return tuple(Variable(name, source) for name in bands)
    return tuple(Variable(name, source, tuple(numbers)) for name, numbers in bands.items())


def _left_out(shown: str, parts: Sequence[tuple[str, Variable]]) -> Iterator[Message]:
    """Say what is not converted, a sentence for each reason."""
    names: dict[str, list[str]] = {}
    for role, variable in parts:
        if role in _LEFT_OUT:
            names.setdefault(_LEFT_OUT[role], []).append(variable.name)
    for code, found in names.items():
        yield Message(code, shown, found=_listed(found))


class Opened(NamedTuple):
    """A raster to convert, and what the file that it is from has beside it."""

    raster: Raster
    notes: tuple[Message, ...] = ()


@contextmanager
def open_variables(
    name: RasterName,
    choice: Choice = None,
    stack: bool = False,
    *,
    workers: int | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> Iterator[Opened]:
    """Open a file, or some variables of it, as one raster for the length of a ``with`` block.

    Parameters
    ----------
    name : path, URL or open FlacRaster
    choice : str, sequence of str or Variable, optional
        Names of variables; default all.
    stack : bool
        Whether several variables may become one raster, see `StackedRaster`.
    workers, cache, job
        See `open_raster`.

    Raises
    ------
    InputError
        Also where there are several variables, or none of that name.
    """
    with ExitStack() as opened:

        def whole() -> Opened:
            found = open_raster(name, workers=workers, cache=cache, job=job)
            return Opened(opened.enter_context(found))

        found = None
        if choice is None and not stack:
            try:
                found = whole()
            except InputError as error:
                if error.code not in _MAYBE_SEVERAL:
                    raise
            if found is not None and len(getattr(found.raster, "subdatasets", ())) < 2:
                yield found
                return
        contents = contents_of(name, job)
        if contents.is_raster and choice is None:
            yield found or whole()
            return
        chosen = contents.choose(choice)
        if len(chosen) > 1 and not stack:
            raise several_variables(contents, chosen)
        rasters = [opened.enter_context(each.opened(workers, job)) for each in chosen]
        notes = contents.notes if choice is None else ()
        if len(rasters) == 1:
            yield Opened(rasters[0], notes)
            return
        layers = [Layer(each.name, raster) for each, raster in zip(chosen, rasters)]
        yield Opened(StackedRaster(contents.name, layers), notes)


#: Errors of files that are not one raster.
_MAYBE_SEVERAL = ("input.many_rasters", "input.not_raster", "input.folder_no_raster")


def several_variables(contents: Contents, chosen: Sequence[Variable]) -> InputError:
    """Return the error of one output for several variables."""
    parts = _listed([variable.name for variable in chosen])
    return InputError("variable.several", contents.name, found=len(chosen), parts=parts)
