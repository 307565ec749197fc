"""The texts of all errors and notes: what is wrong, by code, and what to do, by remedy.

A code is an interface for programs: it never changes, and never gets another meaning. The remedy
stands after an arrow. The plugin shows the translations of both in resources/i18n; a text that is a
part of another one, such as a reason, has a code of its own for the same reason.
"""

from __future__ import annotations

MESSAGES = {
    # Operations in general
    "cancelled": "{operation} was cancelled; nothing was written.",
    "operation.any": "The operation",
    "package.missing": "{purpose} needs the Python package {package}. -> install",
    "package.broken": "{purpose} needs the Python package {package}, which cannot be imported "
    "({reason}). -> install",
    "purpose.http": "Reading over http",
    "purpose.disk_cache": "A cache on disk",
    "purpose.dask": "Work on a Dask cluster",
    "purpose.geotiff": "Reading and writing GeoTIFF",
    "flac.no_library": "FLAC needs the Python package pyflac or soundfile, and neither can be "
    "imported ({reason}). -> install",
    # Files and folders
    "input.missing": "{name} does not exist. -> check_path",
    "input.folder": "{name} is a folder; a file was expected.",
    "input.not_regular": "{name} is not a regular file; a file was expected.",
    "input.cannot_open": "{name} cannot be opened: {reason}.",
    "input.closed": "{name} is closed already. -> reopen",
    "input.cannot_read_bytes": "{name}: bytes {offset} to {end} cannot be read: {reason}.",
    "input.changed": "{name} was changed while it was being read. -> convert_unwritten",
    "input.name": "The name of a file is {found!r:.80}, expected a text or a path.",
    "input.elsewhere": "{name} is not a file of this computer. -> url_as_text",
    "input.url_in_name": "{name} is not a file of this computer. -> url_by_itself",
    "input.pipe_beside": "{name} cannot be opened, because {found} beside it is a named pipe or "
    "device, from which GDAL would read. -> move_away",
    "input.pipe_inside": "{name} cannot be opened, because it names {found}, a named pipe or "
    "device, which GDAL would wait for. -> save_as_file",
    "input.none": "No raster is given. -> name_a_file",
    "file.cut_off": "{name} is cut off: it ends at byte {offset}, {size} more were expected. -> "
    "convert_again",
    "file.cut_off_range": "{name} is cut off: it has {found} bytes, bytes {offset} to {end} were "
    "expected. -> convert_again",
    "cache.unusable": "{name} cannot be used as a cache: {reason}. -> choose_folder",
    "cache.elsewhere": "it is not on this computer",
    "cache.variable": "its name holds an environment variable, which diskcache would replace",
    "cache.not_folder": "{folder} is not a folder",
    "cache.other_owner": "it belongs to another user",
    "cache.world_writable": "every user can write to it",
    "cache.others_write": "other users can write to {folder}",
    # Outputs
    "output.elsewhere": "{name} is not on this computer, and nothing is written elsewhere. -> "
    "name_local_output",
    "output.is_input": "{name} is both input and output. -> choose_output",
    "output.device_name": "{name} is the name of a device on Windows. -> choose_name",
    "output.exists": "{name} exists already. -> overwrite",
    "output.differs": "{name} exists already and does not hold exactly what {source} does "
    "({reason}). -> overwrite",
    "output.no_folder": "The folder {name} does not exist. -> make_folder",
    "output.dead_link": "{name} is a link to {found}, which does not exist. -> delete_link",
    "output.invalid_name": "{name} is not a valid file name: {reason}.",
    "output.folder": "{name} is a folder. -> name_a_file",
    "output.pipe": "{name} is a named pipe, which is never replaced. -> name_a_file",
    "output.socket": "{name} is a socket, which is never replaced. -> name_a_file",
    "output.device": "{name} is a device, which is never replaced. -> name_a_file",
    "output.not_regular": "{name} is not a regular file, which is never replaced. -> name_a_file",
    "output.foreign_link": "{name} is a link that another user has made. -> "
    "delete_or_choose_folder",
    "output.vanished": "{name} was written whole and cannot be found now: {reason}. -> "
    "look_for_output",
    "output.cannot_write": "{name} cannot be written: {reason}. -> check_folder",
    # Addresses
    "url.scheme": "{name}: URLs of the scheme {scheme} are not opened. -> use_scheme",
    "url.chain": "{name} is a chain of addresses. -> file_address",
    "url.invalid": "{name} is not a valid address: {reason}.",
    "url.redirect": "{name} redirects to {found}, {reason}, so it was not followed. -> "
    "direct_address",
    "url.redirects": "{name} redirects more than {expected} times, the last time to {found}. -> "
    "check_address",
    "url.reach": "{name} leads to {host}, which is at {address} and so means {found}, so it was "
    "not connected to. -> direct_address",
    "redirect.not_http": "which is no http or https address",
    "redirect.not_encrypted": "which is not encrypted as the first address was",
    "redirect.login": "which has a user name in it",
    "redirect.meaning": "an address that means {meaning}",
    # Servers
    "http.401": "{name}: the server answered {found}: it wants a user name and password. -> "
    "give_password",
    "http.403": "{name}: the server answered {found}: it does not allow access. -> check_rights",
    "http.404": "{name}: the server answered {found}: there is no such file. -> check_address",
    "http.407": "{name}: the server answered {found}: the proxy wants a user name and password. "
    "-> check_proxy",
    "http.410": "{name}: the server answered {found}: the file is gone for good. -> ask_operator",
    "http.status": "{name}: the server answered {found}: expected 206 Partial Content. -> "
    "check_address",
    "http.range_status": "{name}: bytes {offset} to {end} were asked for, the server answered "
    "{found}, expected 206 as before. -> retry_or_other_server",
    "http.refuses_start": "{name}: the server refuses bytes 0 to {end} with status 416, though "
    "every file has a start. -> other_server",
    "http.web_page": "{name}: the server returned {found}, a web page, where a FLAC raster was "
    "expected. -> open_in_browser",
    "http.no_ranges": "{name}: the server does not support range requests, and the file is larger "
    "than the {expected} MiB that are fetched whole. -> use_ranges_or_download",
    "http.compressed": "{name}: the server sent the file compressed ({found}) though it was asked "
    "not to, so no part of it can be found. -> switch_off_compression",
    "http.wrong_range": "{name}: bytes {offset} to {end} were asked for, the server answered with "
    "{found}; its support of ranges is broken. -> other_server_or_copy",
    "http.no_content_range": "no Content-Range, but {found} type",
    "http.content_range": "Content-Range {found!r}",
    "http.authentication_elsewhere": "{name}: the session's authentication leads to another "
    "server, so nothing was sent. -> check_authentication",
    "remote.changed": "{name} changed while it was open: its {property} was {expected} and now is "
    "{found}. -> reopen",
    "remote.closed": "{task}: the file was closed already. -> reopen",
    "remote.closed_meanwhile": "{task}: the file was closed meanwhile. -> reopen",
    "remote.timeout": "{task} did not arrive within {expected:g} seconds, only {found} bytes did. "
    "-> retry_better_connection",
    "remote.failed": "{task} could not be fetched, tried {attempts}: {reason}. -> retry_later",
    "remote.task": "{name}, bytes {offset} to {end},",
    "remote.missing": "{name} does not exist. -> check_address",
    "remote.no_access": "{name}: access is not allowed. -> check_store_credentials",
    "remote.cannot_read": "{name} cannot be read ({reason}). -> check_all",
    "remote.short_range": "{name}: bytes {offset} to {end} were asked for, {found} bytes came; "
    "the file may have changed. -> reopen",
    "remote.no_fsspec": "{name}: reading from {scheme} needs the Python package {package}. -> "
    "install",
    "remote.unknown_scheme": "{name}: the scheme {scheme} is not known. -> use_known_scheme",
    "remote.no_store_package": "{name}: the Python package for {scheme} is not installed "
    "({reason}). -> install_beside_fsspec",
    "tls.certificate": "{name}: the TLS certificate of {host} is not to be trusted ({reason}), so "
    "nothing was fetched. -> check_certificates",
    "tls.handshake": "{name}: no encrypted connection to {host} came about ({reason}). -> "
    "check_scheme_and_port",
    "tls.certificate_file": "{name}: a file of certificates cannot be read. -> "
    "check_certificate_paths",
    "network.unknown_host": "{name}: the host {host} cannot be found. -> check_address_and_network",
    "network.proxy": "{name}: the proxy cannot be used. -> check_proxy_and_pysocks",
    "network.request": "{name}: the request to {host} failed ({reason}). -> check_headers",
    "network.lookup": "the name of the host {host} could not be looked up",
    "network.proxy_refuses": "the proxy cannot be reached or refuses",
    "network.no_answer": "{host} does not answer",
    "network.connection": "the connection to {host} failed ({reason})",
    "network.silent": "{host} sent nothing for too long",
    "network.closed_early": "{host} closed the connection early",
    "network.range_beyond_end": "the server refuses ranges that end beyond the file",
    "network.status": "the server answered {found}",
    "network.short": "the server sent fewer bytes than it announced, {missing} lack",
    "cache.not_cache": "what lies in {folder} is no cache and cannot be deleted",
    "address.too_long": "it is far too long",
    "address.encoded_host": "a host is not percent-encoded; write it out",
    "address.ambiguous": "host or port cannot be told from the rest; check it, and write "
    "characters such as /, # and @ in a user name or password as %2F, %23 and %40",
    "address.not_http": "it begins with neither http:// nor https://",
    "address.backslash": "it has a backslash or a control character in it; write %5C for a "
    "backslash that belongs to a name",
    "address.port_0": "there is no port 0",
    "address.ipv6": "the host is no valid IPv6 address",
    "address.host": "the host is no valid name; check it",
    "address.ipv4": "write the IP address as four numbers from 0 to 255",
    "reach.public": "the internet",
    "reach.private": "a private network",
    "reach.link": "the local link",
    "reach.this_machine": "this machine itself",
    "remote.size": "size",
    "remote.etag": "ETag",
    "remote.modified": "time of modification",
    "remote.once": "once",
    "remote.times": "{number} times",
}

REMEDIES = {
    "install": "Install it with: python -m pip install {package}",
    "check_path": "Check the path.",
    "check_address": "Check the address.",
    "reopen": "Open it again.",
    "convert_again": "Fetch or convert the file again.",
    "fetch_again": "Fetch the file again.",
    "convert_unwritten": "Convert it again when nothing writes to it.",
    "url_as_text": "If it is meant to be a URL, give it as text with ://, not as a path.",
    "url_by_itself": "Give the URL by itself.",
    "move_away": "Move it away.",
    "save_as_file": "Save what comes from it as a file, and name that.",
    "name_a_file": "Give the name of a file.",
    "name_files": "Give the names of some.",
    "name_a_folder": "Give the name of a folder.",
    "choose_folder": "Choose another folder.",
    "name_local_output": "Give the name of a file or folder here.",
    "choose_output": "Choose another output.",
    "choose_name": "Choose another name.",
    "overwrite": "Choose another name or enable overwriting.",
    "make_folder": "Make it first.",
    "delete_link": "Delete the link or choose another name.",
    "delete_or_choose_folder": "Delete it or choose another folder.",
    "look_for_output": "See whether something moved or deleted it or its folder, and run this "
    "again if so.",
    "free_space": "Free some space or choose another folder.",
    "writable_folder": "Choose a folder that can be written to.",
    "permitted_folder": "Choose a folder that you may write to.",
    "check_folder": "Check the folder and try again.",
    "use_scheme": "Use http, https or one of {expected}, or list {scheme} in the environment "
    "variable {variable}.",
    "file_address": "Give that of the file alone.",
    "direct_address": "Ask for the file's direct address.",
    "url_begins": "Check the path. A URL begins with http:// or https://.",
    "give_password": "Give them, or ask whoever runs the server.",
    "check_rights": "Check the rights, and whether a signed address has expired.",
    "check_proxy": "Check the proxy settings.",
    "ask_operator": "Ask whoever runs the server.",
    "retry_or_other_server": "Try again, or use another server.",
    "other_server": "Use another server.",
    "other_server_or_copy": "Use another server, or a copy of the file.",
    "open_in_browser": "Open the address in a browser: it may want a login, or show an error.",
    "use_ranges_or_download": "Use a server that supports them, or download the file.",
    "switch_off_compression": "Have compression switched off for .flac files.",
    "check_authentication": "Check it.",
    "retry_better_connection": "Try again, or where the connection is better.",
    "retry_later": "Try again later.",
    "check_store_credentials": "Check the credentials of this computer for {scheme}.",
    "check_all": "Check the address, the network, and the credentials.",
    "use_known_scheme": "Use http, https, s3, gs, az or another one that the Python package "
    "fsspec knows.",
    "install_beside_fsspec": "Install it beside fsspec.",
    "check_certificates": "Check the address, and the certificates that this computer trusts.",
    "check_scheme_and_port": "Check whether the address should start with http, and the port.",
    "check_certificate_paths": "Check the paths that the session or the environment variables "
    "REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE name.",
    "check_address_and_network": "Check the address and the network.",
    "check_proxy_and_pysocks": "Check its address, and for a SOCKS proxy that the Python package "
    "PySocks is installed.",
    "check_headers": "Check the headers and the authentication that go with it, or use another "
    "server.",
}


def fact_and_remedy(code: str) -> tuple[str, str]:
    """Return the template of a message and the remedy that it names, which may be empty."""
    fact, _, remedy = MESSAGES.get(code, code).partition(" -> ")
    return fact, remedy
