"""Metadata domains of a dataset, exactly as GDAL has them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

#: Domains that describe the file rather than the raster, or that are kept in fields of their own.
DERIVED_DOMAINS = {"IMAGE_STRUCTURE", "DERIVED_SUBDATASETS", "SUBDATASETS", "OVERVIEWS", "RPC"}
#: Domains that hold one document rather than items.
XML, JSON = "xml:", "json:"


def read_tags(
    dataset: Any, band: int = 0, unlisted: Collection[str] | None = None
) -> dict[str, dict[str, str]]:
    """Return the metadata of a dataset, or of one of its bands from 1, by domain.

    The document of a domain that holds one is the value of the domain's own name.

    Parameters
    ----------
    dataset
        Opened by rasterio.
    band : int, default 0
        0 for the dataset itself.
    unlisted : collection of str, optional
        The domains of a dataset that must not be asked which it has.
    """
    if unlisted is None or band:
        unlisted = dataset.tag_namespaces(band)
    domains = {"", *unlisted} - DERIVED_DOMAINS
    tags = {domain: _read_domain(dataset, band, domain) for domain in sorted(domains)}
    return {domain: items for domain, items in tags.items() if items}


def _read_domain(dataset: Any, band: int, domain: str) -> dict[str, str]:
    items: dict[str, str] = dataset.tags(band, ns=domain or None)
    if domain.startswith(XML):
        return items
    if domain.startswith(JSON):
        return {domain: _document(items, domain)} if items else {}
    # rasterio cuts off the space in front of a value
    found = {key: dataset.get_tag_item(key, domain or None, band) for key in items}
    return {key: items[key] if value is None else value for key, value in found.items()}


def _document(items: dict[str, str], domain: str) -> str:
    """Join a JSON document that rasterio has cut at its first ``:`` or ``=``."""
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
    """Return the items of a domain as rasterio takes them for a TIFF.

    It joins key and value with ``=``, so an XML document is cut at its first one. GDAL breaks JSON
    documents at their first colon there; those go into the sidecar.
    """
    if domain.startswith(JSON):
        return {}
    if not domain.startswith(XML):
        return items
    name, _, value = items.get(domain, "").partition("=")
    return {name: value} if value else {}
