"""Read the metadata domains of a dataset exactly as GDAL has them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from .encoding import decode, undecoded_items

#: Domains that describe the file rather than the raster, or that are kept in fields of their own.
DERIVED_DOMAINS = {"IMAGE_STRUCTURE", "DERIVED_SUBDATASETS", "SUBDATASETS", "OVERVIEWS", "RPC"}
#: Domains that hold one document rather than items.
XML, JSON = "xml:", "json:"
#: Between key and value of an item.
_SEPARATOR = re.compile(b"[=:]|$")


def read_tags(
    dataset: Any, band: int, unlisted: Collection[str] | None, recoded: list[str]
) -> dict[str, dict[str, str]]:
    """Return the metadata of a dataset (band 0), or of one of its bands from 1, by domain.

    A domain that is one document has it under the name of the domain. ``unlisted`` are the domains
    of a dataset that must not be asked to list them; ``recoded`` receives the texts that are not
    UTF-8, see `to_utf8`.
    """
    if unlisted is None or band:
        unlisted = dataset.tag_namespaces(band)
    domains = {"", *unlisted} - DERIVED_DOMAINS
    tags = {domain: _read_domain(dataset, band, domain, recoded) for domain in sorted(domains)}
    return {domain: items for domain, items in tags.items() if items}


def _read_domain(dataset: Any, band: int, domain: str, recoded: list[str]) -> dict[str, str]:
    items: dict[str, str]
    try:
        with undecoded_items() as undecoded:
            items = dataset.tags(band, ns=domain or None)
    except UnicodeDecodeError as error:
        if not domain.startswith(XML):
            raise
        document, _ = decode(error.object)
        recoded.append(document)
        return {domain: document}
    if domain.startswith(XML):
        return items
    if not domain.startswith(JSON):
        # rasterio strips white space in front of a value
        exact = {key: dataset.get_tag_item(key, domain or None, band) for key in items}
        items |= {key: text for key, text in exact.items() if text is not None}
    for item in undecoded:
        (key, _), (text, is_recoded) = map(decode, _SEPARATOR.split(item, maxsplit=1))
        recoded.append(text if is_recoded else key)
        items[key] = text
    return {domain: _document(items, domain)} if items and domain.startswith(JSON) else items


def _document(items: dict[str, str], domain: str) -> str:
    """Join a JSON document that rasterio has split at its first ``:`` or ``=``."""
    if set(items) == {domain}:
        return items[domain]
    for separator in (":", "="):
        document = "\n".join(separator.join(item) for item in items.items())
        try:
            json.loads(document)
        except (ValueError, RecursionError):
            continue
        return document
    return "\n".join("=".join(item) for item in items.items())


def items_to_write(domain: str, items: Mapping[str, str]) -> Mapping[str, str]:
    """Return the items of a domain in the form that rasterio writes to a TIFF.

    rasterio joins key and value with ``=``, so an XML document is split at its first one. GDAL
    would break JSON documents at their first colon; they are written to the sidecar.
    """
    if domain.startswith(JSON):
        return {}
    if not domain.startswith(XML):
        return items
    name, _, value = items.get(domain, "").partition("=")
    return {name: value} if value else {}
