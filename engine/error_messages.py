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
    "operation.conversion": "The conversion",
    "operation.comparison": "The comparison",
    "operation.extraction": "The extraction",
    "operation.reading": "Reading",
    "operation.verification": "The verification",
    "package.missing": "{purpose} needs the Python package {package}. -> install",
    "package.store": "{name} needs the Python packages {found}, because GDAL does not read it. "
    "-> install_all",
    "package.broken": "{purpose} needs the Python package {package}, which cannot be imported "
    "({reason}). -> install",
    "purpose.http": "Reading over http",
    "purpose.disk_cache": "A cache on disk",
    "purpose.dask": "Work on a Dask cluster",
    "purpose.netcdf": "Writing NetCDF",
    "purpose.calendar": "A calendar other than the standard one in NetCDF",
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
    "input.replaced": "{name} has been replaced since it was opened. -> reopen",
    "input.name": "The name of a file is {found!r:.80}, expected a text or a path.",
    "input.elsewhere": "{name} is not a file of this computer. -> url_as_text",
    "input.url_in_name": "{name} is not a file of this computer. -> url_by_itself",
    "input.pipe_beside": "{name} cannot be opened, because {found} beside it is a named pipe or "
    "device, from which GDAL would read. -> move_away",
    "input.pipe_inside": "{name} cannot be opened, because it names {found}, a named pipe or "
    "device, which GDAL would wait for. -> save_as_file",
    "input.none": "No raster is given. -> name_a_file",
    "file.cut_off": "{name} is truncated: it ends at byte {offset}, {size} more were expected. -> "
    "get_again",
    "file.cut_off_range": "{name} is truncated: it has {found} bytes, bytes {offset} to {end} were "
    "expected. -> get_again",
    "cache.unusable": "{name} cannot be used as a cache: {reason}. -> choose_folder",
    "cache.elsewhere": "it is not on this computer",
    "cache.variable": "its name holds an environment variable, which diskcache would replace",
    "cache.not_folder": "{folder} is not a folder",
    "cache.other_owner": "it belongs to another user",
    "cache.world_writable": "every user can write to it",
    "cache.others_write": "other users can write to {folder}",
    "cache.not_cache": "what lies in {folder} is not a cache and cannot be deleted",
    # Outputs
    "output.elsewhere": "{name} is not on this computer, and nothing is written elsewhere. -> "
    "name_local",
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
    "output.foreign_link": "{name} is a link that another user has made. -> delete_it",
    "output.vanished": "{name} was written whole and cannot be found now: {reason}. -> find_output",
    "output.cannot_write": "{name} cannot be written: {reason}. -> check_folder",
    # URLs
    "url.scheme": "{name}: URLs of the scheme {scheme} are not opened. -> use_scheme",
    "url.chain": "{name} is a chain of URLs. -> file_address",
    "url.invalid": "{name} is not a valid URL: {reason}.",
    "url.redirect": "{name} redirects to {found}, {reason}, so it was not followed. -> direct_url",
    "url.redirects": "{name} redirects more than {expected} times, the last time to {found}. -> "
    "check_address",
    "url.reach": "{name} leads to {host}, which is at {address} and so means {found}, so it was "
    "not connected to. -> direct_url",
    "redirect.not_http": "which is not an http or https URL",
    "redirect.not_encrypted": "which is not encrypted as the first URL was",
    "redirect.login": "which has a user name in it",
    "redirect.meaning": "an address that means {meaning}",
    "collection.json": "{name} cannot be read as a collection: {reason}. -> get_again",
    "collection.not_stac": "{name} is no collection: it is not a STAC ItemCollection. -> index",
    "collection.changed": "{name} is not the file that the collection says. -> index_again",
    "collection.other_kind": "{name} has {found_bands} bands of {found}, its collection has "
    "{bands} of {expected}. -> index_again",
    "collection.version": "{name} is a collection of version {found}; this release reads "
    "{expected}. -> update",
    "collection.nothing_there": "{name} has no raster in the area. -> choose_inside",
    "collection.no_time": "{name} has no raster of the time {found!r} in the area. -> "
    "choose_raster_time",
    "collection.no_tiles": "A collection has no tiles of its own. -> give_bbox",
    "collection.grids": "{name} and {other} are not on one grid: their CRS or pixel size differ, "
    "or one is not shifted by whole pixels. -> extract_each",
    "collection.too_many": "{name} has more than {expected} items, and is not read. -> index",
    "collection.no_assets": "{name} has no item whose asset is a FLAC raster. -> index",
    "collection.size": "{name} has more than {expected} MiB, and is not read.",
    "collection.suffix": "{name} cannot be a collection by its name. -> collection_suffix",
    "collection.sort": "The order is {found}, expected one of {expected}, with a - at the end for "
    "the reverse.",
    "collection.no_files": "{name} has no FLAC raster in it. -> check_path",
    "collection.too_deep": "{name} lies more than {expected} folders deep, and is not listed.",
    "collection.listing_skipped": "{name} has {found} more entries than are read of one list, or "
    "entries that are not allowed. -> name_folders",
    "collection.no_place": "{name} has no CRS or no transform, so it lies nowhere.",
    "collection.none": "{name} would be empty: none of the rasters can be opened. {reason}",
    "collection.differs": "{name} has {found_bands} bands of {found}, {other} has {bands} of "
    "{expected}; the rasters of a collection must be alike. -> index_apart",
    "list.login": "{name} has a user name or password in it.",
    "list.elsewhere": "{name} is on another server than the list that names it.",
    "list.inside": "{name} is an address that means {meaning}; a file on a server must not "
    "lead there.",
    "address.too_long": "it is far too long",
    "address.encoded_host": "a host is not percent-encoded; write it out",
    "address.ambiguous": "host or port cannot be told from the rest; check it, and write "
    "characters such as /, # and @ in a user name or password as %2F, %23 and %40",
    "address.not_http": "it begins with neither http:// nor https://",
    "address.backslash": "it has a backslash or a control character in it; write %5C for a "
    "backslash that belongs to a name",
    "address.port_0": "there is no port 0",
    "address.ipv6": "the host is not a valid IPv6 address",
    "address.host": "the host is not a valid name; check it",
    "address.ipv4": "write the IP address as four numbers from 0 to 255",
    "reach.public": "the internet",
    "reach.private": "a private network",
    "reach.link": "the local link",
    "reach.this_machine": "this computer",
    # Servers
    "http.401": "{name}: the server answered {found}: it requires a user name and password. "
    "-> log_in",
    "http.403": "{name}: the server answered {found}: it does not allow access. -> check_rights",
    "http.404": "{name}: the server answered {found}: there is no such file. -> check_address",
    "http.407": "{name}: the server answered {found}: the proxy requires a user name and password. "
    "-> check_proxy",
    "http.410": "{name}: the server answered {found}: the file is gone for good. -> ask_operator",
    "http.status": "{name}: the server answered {found}: expected 206 Partial Content. -> "
    "check_address",
    "http.range_status": "{name}: bytes {offset} to {end} were asked for, the server answered "
    "{found}, expected 206 as before. -> retry_or_other_server",
    "http.refuses_start": "{name}: the server refuses bytes 0 to {end} with status 416, though "
    "every file has a start. -> other_server",
    "http.web_page": "{name}: the server returned {found}, a web page, where a FLAC raster was "
    "expected. -> browser",
    "http.no_ranges": "{name}: the server does not support range requests, and the file is larger "
    "than the {expected} MiB that are downloaded whole. -> download",
    "http.compressed": "{name}: the server sent the file compressed ({found}) though it was asked "
    "not to, so no part of it can be found. -> uncompressed",
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
    "remote.timeout": "{name} did not arrive within {expected:g} seconds, only {found} bytes did. "
    "-> retry",
    "remote.failed": "{name} cannot be read: {reason}. Tried {attempts}. -> retry_later",
    "remote.task": "{name}, bytes {offset} to {end},",
    "remote.document": "{name}",
    "remote.document_size": "{name} is larger than {expected} kB. -> check_address",
    "remote.missing": "{name} does not exist. -> check_address",
    "remote.no_access": "{name}: access is not allowed. -> check_access",
    "remote.cannot_read": "{name} cannot be read ({reason}). -> check_all",
    "remote.short_range": "{name}: bytes {offset} to {end} were asked for, {found} bytes came; "
    "the file may have changed. -> reopen",
    "remote.no_fsspec": "{name}: reading from {scheme} needs the Python package {package}. -> "
    "install",
    "remote.unknown_scheme": "{name}: the scheme {scheme} is not known. -> use_known_scheme",
    "remote.no_store_package": "{name}: the Python package for {scheme} is not installed "
    "({reason}). -> install_beside",
    "tls.certificate": "{name}: the TLS certificate of {host} is not to be trusted ({reason}), so "
    "nothing was downloaded. -> check_certificates",
    "tls.handshake": "{name}: no encrypted connection to {host} could be established "
    "({reason}). -> check_scheme",
    "tls.certificate_file": "{name}: a file of certificates cannot be read. -> check_paths",
    "network.unknown_host": "{name}: the host {host} cannot be found. -> check_network",
    "network.proxy": "{name}: the proxy cannot be used. -> check_socks",
    "network.request": "{name}: the request to {host} failed ({reason}). -> check_headers",
    "network.lookup": "the name of the host {host} could not be looked up",
    "network.proxy_refuses": "the proxy cannot be reached or refuses",
    "network.no_answer": "{host} does not answer",
    "network.connection": "the connection to {host} failed ({reason})",
    "network.silent": "{host} sent nothing for too long",
    "network.closed_early": "{host} closed the connection early",
    "network.range_beyond_end": "the server refuses ranges that end beyond the file",
    "network.status": "the server answered {found}",
    "network.short": "the server sent fewer bytes than it announced, {missing} are missing",
    "remote.size": "size",
    "remote.etag": "ETag",
    "remote.modified": "time of modification",
    "remote.once": "once",
    "remote.times": "{number} times",
    # Files: the header
    "header.too_large": "{name}: metadata and tile index take {found} bytes, a FLAC file holds "
    "{expected}. -> shrink_header",
    "header.checksum": "{name}: the GEOSPATIAL_ tags do not match their checksum, so they were "
    "damaged or edited. -> get_again",
    "header.cut_off": "{name} is truncated inside its metadata: it has {found} bytes, at least "
    "{expected} were expected. -> get_again",
    "header.too_long": "{name}: its metadata takes {found} bytes or more, the limit is {expected}.",
    "header.tags": "{name}: its tags cannot be read ({reason}).",
    "header.repeated_tags": "{name}: {found} occur more than once among its tags.",
    "file.audio": "{name} is a FLAC audio file, not a FLAC raster: it has no tag {tag}.",
    "file.version": "{name} is a FLAC raster of format version {found}, this release reads "
    "version {expected}. -> update",
    "file.truncated": "{name} is truncated: it has {found} bytes, its index says {expected}. -> "
    "get_again",
    "file.trailing_data": "{name} has trailing data: it has {found} bytes, its index says "
    "{expected}. -> get_again",
    "file.not_flac": "{name} is not a valid FLAC file: {reason}.",
    "file.empty": "{name} is empty; a FLAC raster starts with 'fLaC'.",
    "file.id3": "{name} starts with an ID3 tag, a FLAC raster starts with 'fLaC'. -> remove_id3",
    "file.tiff": "{name} is not a FLAC raster: it is a TIFF. -> convert_first",
    "file.collection": "{name} is not a FLAC raster; by its name, it is a collection. -> "
    "read_collection",
    "file.other_format": "{name} is not a FLAC raster. It starts with {found!r}, expected "
    "{expected!r}.",
    "tag.missing": "{name}: the tag {tag} is missing. -> get_again",
    "tag.value": "{name}: the tag {tag} is {found!r}, expected {expected}. -> get_again",
    "tag.damaged": "{name}: the tag {tag} is damaged ({reason}). -> get_again",
    "tag.bits": "{name}: the tag {tag} says {found} bits per pixel, more than {dtype} has. -> "
    "get_again",
    "tag.data_type": "{name}: the tag {tag} says that the data type is {found}, GEOSPATIAL_DTYPE "
    "is {expected}. -> get_again",
    "tag.transform": "{name}: the tag {tag} puts the raster at {found}, which is nowhere. -> "
    "get_again",
    "index.empty_first_tile": "{name}: its index says that the first tile takes no bytes. -> "
    "get_again",
    "index.no_nodata": "{name}: its index lists tiles of nothing but nodata, but not all of their "
    "bands have a nodata value. -> get_again",
    "index.tile_size": "{name}: the index says that it takes {found} bytes, more than the "
    "{expected} that its pixels can take. -> get_again",
    "index.order": "{name}: tiles are in the order {found!r}, this release knows {expected!r}. -> "
    "update",
    # Tiles
    "place.tile": "{name}, tile level {tile.level}, row {tile.row}, column {tile.column}",
    "place.tile_band": "{name}, tile level {tile.level}, row {tile.row}, column {tile.column}, "
    "from band {band}",
    "place.unknown_tile": "{name}, tile of unknown place",
    "stream.lost_sync": "a frame is not where the one before it ends",
    "stream.frame_header": "the head of a frame is damaged",
    "stream.frame_crc": "the CRC of a frame is wrong",
    "stream.frame_kind": "a frame is of a kind that libFLAC does not know",
    "stream.metadata": "a metadata block is damaged",
    "stream.failed": "libFLAC failed while decoding",
    "stream.ends": "it is truncated after {found} of {expected} samples",
    "stream.reaches": "metadata reaches byte {found}",
    "tile.header_crc": "its header's CRC is {found}, expected {expected}",
    "tile.damaged": "{name} is damaged: {reason}.",
    "tile.cut_off": "{name} is truncated: {reason}, it has {found} bytes.",
    "tile.shape": "{name} is damaged: it says that it has {found}, expected {expected}.",
    "tile.version": "{name} has version {found}, this release reads version {expected}. -> update",
    "tile.data_type": "{name} has data type {found}, which this release does not know. -> update",
    "tile.coding": "{name} uses coding {found}, which this release does not know. -> update",
    "tile.flags": "{name} uses flags {found}, which this release does not know. -> update",
    # Files of the package flac-raster
    "legacy.no_pixels": "{name}: it holds no pixels that could be recovered.",
    "legacy.spatial_damaged": "{name}: its index or its first tile is damaged ({reason}); it is a "
    "file of flac-raster's spatial layout, which never stored its pixels. -> convert_original",
    "legacy.no_md5": "{name} was written by flac-raster and has no MD5; to notice damage, reading "
    "it needs the Python package {package}. -> install",
    "legacy.index_length": "{name}: its index has {found} bytes, the limit is {expected}. -> "
    "fetch_again",
    "legacy.index_cut_off": "{name} is truncated inside its index: it has {found} bytes, at least "
    "{expected} were expected. -> get_again",
    "legacy.index_damaged": "{name}: the index at its start is damaged ({reason}). -> get_again",
    "legacy.first_tile": "{name}: its index says {count} band(s) of {dtype}, its first tile has "
    "{found}. -> fetch_again",
    "legacy.data_type": "{name} has pixels of {found}, which the reader of flac-raster 0.1.2 "
    "would change: of the streaming layout it reads only 8- and 16-bit integers exactly. -> "
    "usual_layout",
    "legacy.bands": "{name} has {found} bands, a tile of the streaming layout holds at most "
    "{expected}. -> fewer_bands",
    "legacy.tiles": "{name} would have {found} tiles of {tile_size} x {tile_size} pixels, too "
    "many for the index of the streaming layout. -> larger_tiles",
    "legacy.data_type_lost": "{name} was written by flac-raster, which cannot keep {found}: most "
    "of each pixel is lost. -> convert_original",
    "legacy.size": "{name}: its tags say {width} x {height} pixels, which do not fit into {found} "
    "bytes: it is truncated or damaged. -> fetch_again",
    "legacy.stream": "{name}: its tags say {count} band(s) of {dtype}, its stream has {channels} "
    "channels of {bits} bits, expected {count} of {expected}. -> fetch_again",
    "legacy.sample_offset": "{name}: the tag {tag} is {found!r} of samples of {bits} bits, "
    "expected 0 or -32768 of 16. -> get_again",
    "legacy.number": "{name}: the tag {tag} is {found!r}, expected a number. -> fetch_again",
    "legacy.values": "{name}: its tags say that its pixels lie between {low} and {high}, which "
    "those of {dtype} cannot. -> fetch_again",
    "recovery.refused": "{name}: {reason}.",
    "recovery.never_stored": "flac-raster never stored the pixels of this file: its spatial "
    "layout cuts them to zeros; only its georeference and its smallest and largest value are "
    "left. -> convert_original",
    "recovery.no_ranges": "flac-raster scaled each tile of this file by a range that it did not "
    "store, so the pixels cannot be recovered; only its georeference and its smallest and largest "
    "value are left. -> convert_original",
    "recovery.uncertain": "{name}: flac-raster scaled its pixels, and {found:,} of the "
    "{expected:,} values in the tiles that were read may have been others, which became the same "
    "sample. -> convert_original_if_any",
    # Rasters, metadata and options
    "metadata.not_finite": "{name}: {field} of its metadata is {found}, expected a finite number. "
    "-> correct_it",
    "metadata.not_readable": "{name}: its metadata cannot be kept ({reason}).",
    "metadata.crs": "{name}: {reason}. -> give_code_or_wkt",
    "metadata.transform_length": "{name}: its transform has {found} numbers, expected six, the "
    "first of an Affine.",
    "metadata.transform": "{name}: its transform is {found}, expected finite numbers that put its "
    "corners at finite coordinates. -> correct_transform",
    "transform.singular": "The transform {found} cannot be inverted: its pixels have no area.",
    "raster.data_type": "{name}: data type {found} cannot be kept without loss (supported: "
    "{expected}). -> convert_type",
    "raster.planes": "{name} has {bands} bands of {dtype}, which make {found} planes; the limit "
    "is {expected}. -> convert_in_parts",
    "raster.tile_bytes": "{name}: one tile of {tile_size} x {tile_size} pixels and {bands} bands "
    "takes {found} bytes, the limit is {expected}. -> smaller_tiles",
    "raster.type": "The raster is a {found}, expected a raster such as ArrayRaster(metadata, "
    "array).",
    "raster.too_many_tiles": "{name} has {width} x {height} pixels, more tiles of {tile_size} x "
    "{tile_size} than there is memory for. -> larger_tiles_or_parts",
    "array.shape": "{name} has the shape {found} and the data type {dtype}, its metadata say "
    "{expected} and {expected_dtype}. -> make_same",
    "array.mask_missing": "{name} is given no mask, its metadata say that it has one. -> make_same",
    "array.mask_extra": "{name} is given a mask, its metadata say that it has none. -> make_same",
    "array.mask_shape": "The mask of {name} has the shape {found}, expected {expected}.",
    "read.level": "{name} has levels 0 to {expected}, not {found}. -> choose_one",
    "read.window": "{name}: the window is {found}, expected Window(col_off, row_off, width, "
    "height) in whole pixels.",
    "read.window_outside": "{name}: {found} does not lie inside level {level}, which has {width} "
    "x {height} pixels.",
    "read.bands_type": "The bands are {found}, expected a list of numbers from 1.",
    "read.only_band": "{name} has 1 band; there is no band {found}.",
    "read.bands": "{name} has bands 1 to {expected}, not {found}. -> choose_some",
    "read.memory": "{name}: {bands} bands of {width} x {height} pixels do not fit into memory. -> "
    "read_less",
    "xarray.coordinates": "{name} has {width} x {height} pixels at level {level}; coordinates of "
    "so many columns and rows would fill the memory. -> without_coordinates",
    "netcdf.complex": "{name}: NetCDF has no data type for complex numbers such as {found}. -> "
    "extract_geotiff",
    "netcdf.packing": "{name}: the bands of the variable {variable} differ in scale, offset or "
    "nodata, which NetCDF cannot hold. -> extract_bands",
    "netcdf.classic": "{name} has values of type {found} that only the newer format of NetCDF can "
    "hold, which needs the Python package {package}. -> install",
    "netcdf.large": "{name} has {found} bytes of pixels, which only the newer format of NetCDF can "
    "hold; that needs the Python package {package}. -> install",
    "xarray.type": "The object is a {found}; a DataArray or Dataset of xarray was expected.",
    "xarray.no_grid": "{name} has no dimensions of rows and columns (its dimensions: {found}). -> "
    "rename_dimensions",
    "xarray.no_variable": "{name} has no variable of numbers with dimensions of rows and columns "
    "(its variables: {found}). -> rename_dimensions",
    "xarray.empty": "{name} has no pixels: {found}.",
    "xarray.axis_type": "{name}: the coordinates of {dimension} are {found}; finite numbers "
    "were expected.",
    "xarray.uneven": "{name}: the coordinates of {dimension} are not evenly spaced: from {first} "
    "to {second} (number {position} and the next) is a step of {found}; {expected} was "
    "expected. -> resample_axis",
    "xarray.grids": "{name}: its variables {found} are on different grids. -> write_each",
    "xarray.types": "{name}: its variables have different data types ({found}). -> write_each",
    "xarray.other_times": "{name}: its variables {first} and {second} do not have the same times. "
    "-> write_each",
    "xarray.nodata_type": "{name}: the nodata value is {found}; a number was expected.",
    "xarray.nodata": "{name}: no pixel of type {dtype} can have the nodata value {found}.",
    "xarray.compute": "{name}: the values at {window} cannot be computed: {reason}.",
    "xarray.other_array": "{name}: the array computed at {window} is {found}; {expected} was "
    "expected.",
    "xarray.changed": "{name} was changed after the dataset was opened. -> reopen_dataset",
    "input.cannot_read_window": "{name} cannot be read at {window}: {reason}. -> check_disk",
    "limit.variable": "The environment variable {variable} is {found!r}, expected a whole number "
    "of megabytes, or nothing for the usual limit.",
    "limit.block": "{name} is stored in blocks that take {found} bytes in memory, all its pixels "
    "take {raster_bytes}, the limit is {expected}. -> smaller_blocks",
    "limit.tile": "{name} has {file_bytes} bytes and asks for tiles that take {found} bytes in "
    "memory, the limit is {expected}. -> raise_limit",
    "option.effort": "The effort is {found!r}, expected one of {expected}.",
    "option.compression_level": "The compression level is {found}, expected 0 to 8.",
    "option.tile_size": "The tile size is {found}, expected a multiple of 16 from {smallest} to "
    "{expected}.",
    "option.streaming_tile_size": "The tile size is {found}, expected 1 to {expected} pixels.",
    "option.overview_resampling": "The overview resampling is {found!r}, expected one of "
    "{expected}.",
    "option.style": "The style has {found} bytes; at most {expected} can be stored in a file. -> "
    "style_beside",
    "option.interleave": "The interleave is {found!r}, expected one of {expected}.",
    "option.tile_bands": "The number of bands per tile is {found}, expected at least 1.",
    "option.tile_bands_and_interleave": "A number of bands per tile and an interleave are both "
    "given. -> give_one",
    "option.workers": "The number of workers is {found}, expected at least 1.",
    # Workers
    "dask.no_scheduler": "There is no Dask scheduler at {name}: {reason}. -> check_address",
    "dask.no_workers": "The Dask scheduler at {name} has no workers. -> start_dask_workers",
    "worker.failed": "{name} failed {attempts} times, at last with {reason}; nothing was written. "
    "-> fewer_if_short",
    "worker.lost": "{name}: the workers are lost ({reason}), perhaps killed for lack of memory; "
    "nothing was written. -> fewer_workers",
    "worker.cannot_open": "A worker on {host} cannot open the raster: {reason}.",
    "worker.version": "A worker has flac-raster-qgis {found}, version {expected} was expected. -> "
    "same_version",
    # CRS
    "crs.type": "the CRS is {found}, expected a text such as EPSG:4326",
    "crs.number": "the CRS is a number alone; did you mean EPSG:{found}?",
    "crs.word": "the CRS is neither an authority code nor WKT, but {found!r}",
    "crs.not_text": "expected a text, a code of EPSG or an object with to_wkt()",
    "crs.long": "the CRS has {found} characters, more than {expected}",
    "crs.control": "the CRS has control characters",
    "wkt.unexpected": "unexpected {found!r} at character {position}",
    "wkt.deep": "more than {expected} levels of brackets",
    "wkt.in_brackets": "it ends within its brackets",
    "wkt.no_bracket": "it ends without a bracket",
    "crs.not_wkt": "the CRS is neither an authority code nor WKT: {reason}",
    "crs.keyword": "the CRS has the keyword {found}, which no CRS has",
    "crs.file": "the CRS names a file, or may do so: {found}",
    "crs.unknown": "{found} is not a CRS known to PROJ ({reason}). -> give_code_or_wkt",
    "crs.no_code": "its database has no code {found}",
    "crs.refused": "{name}: {reason}; such a CRS is not kept. -> other_crs",
    # Times
    "time.units": "the units are {found!r}, expected a text such as “days since 2000-01-01”",
    "time.uneven": "{found} have no fixed length",
    "time.calendar": "the calendar {found!r} is not known",
    "time.no_date": "the calendar {calendar} has no date {found}",
    "time.reference": "{found!r} is not a date",
    "time.number": "{found!r} is not a number that stands for a time",
    "time.year": "not all times lie in the years 1 to 9999",
    "time.text": "{found!r} is not a time such as 2020-07-04 or 2020-07-04T12:00",
    "time.missing": "one of them is missing",
    "time.end_first": "the end {found!r} is not after the start",
    "time.band_tag": "TIME_START and TIME_END of band {band}: {reason}",
    "time.dimension": "{dimension}: {reason}",
    "time.range_type": "The time is {found}, expected a text such as 2020-07.",
    "time.range": "The time {found!r} is not understood: {reason}. -> write_time",
    "time.range_slash": "The time {found!r} has a slash in it; a range is written with two dots. "
    "-> write_time",
    "time.none": "{name} has no times for its bands. -> give_times_first",
    "time.no_band": "{name} has no band of the time {found!r}; it has {expected} dates from "
    "{first} to {last}. -> choose_time",
    "time.no_table": "{name} has several bands of the same date and label, so that it cannot be "
    "shown date by date. -> add_bands",
    "time.and_bands": "Bands and a time are both given. -> give_one",
    "times.two_ways": "Times and a start or step of times are both given. -> give_one",
    "times.step_alone": "A step of times is given, but no start. -> give_start",
    "times.start": "The start of the times: {reason}.",
    "times.step": "The step of the times is {found}, expected a duration such as P1M, "
    "P1Y, P16D or PT6H.",
    "times.beyond": "{expected} times from {start} on, {found} apart, reach beyond the year 9999.",
    "times.of_band": "The time of band {band}: {reason}.",
    "times.count": "{name} has {found} times, {raster} has {expected} bands. -> one_each_band",
    "times.too_many": "{name}, line {line}: {raster} has only {expected} bands. -> one_each_band",
    "times.band": "{name}, line {line}: the band is {found!r}, expected each number from 1 to "
    "{expected} once.",
    "times.line": "{name}, line {line}: {reason}.",
    "times.cells": "{name}, line {line}: there are {found} columns, expected {expected}.",
    "times.columns": "{name}: its columns are {found}, expected start and perhaps others of "
    "{expected}.",
    "times.too_long": "{name} has {found} bytes; a list of times has {expected} at most.",
    "times.not_utf8": "{name} is not a text in UTF-8. -> save_csv",
    "time.range_reversed": "The time {found!r} ends before it starts. -> write_time",
    # Areas and conditions
    "area.bbox_and_tile": "A bbox and a tile are both given. -> give_one",
    "area.crs_without_bbox": "The CRS of a bbox is given, but no bbox. -> give_both",
    "area.crs_type": "The CRS of the bbox is {found}, expected a text such as EPSG:4326.",
    "area.type": "The area is {found}, expected an Area, such as Area(bbox=...).",
    "area.level_and_resolution": "A level and a resolution are both given. -> give_one",
    "area.resolution": "The resolution is {found}, expected more than 0.",
    "area.outside": "The bbox {found} lies outside {name}, whose bounds are {expected} in "
    "{crs}{hint}.",
    "area.partly_outside": "{fraction} of the bbox {found} lies outside {name}, whose bounds are "
    "{expected} in {crs}; only the rest has pixels{hint}.",
    "area.hardly_any": "Less than 0.1 %",
    "area.nearly_all": "More than 99.9 %",
    "area.order_hint": ". Is its order xmin, xmax, ymin, ymax? Then give {found}",
    "area.pixels": "pixels, because it has no CRS",
    "area.without_crs": "no CRS",
    "area.counts_pixels": "{name}: it has no geotransform, only {found} ground control points in "
    "{crs}, so the bbox counts pixels. -> warp_for_map",
    "area.too_fine": "{name} has no pixels as small as the resolution {expected:g}; those of "
    "level {level}, of size {found:.10g}, are used.",
    "area.no_crs": "{name} has no CRS, so a bbox in {crs} cannot be located in it. -> "
    "own_coordinates",
    "area.tile": "{name} has tiles 0 to {expected} in level {level}, not {found}. -> choose_tile",
    "area.two_ends": "The bbox {found} reaches over both ends of {name}, which runs from "
    "{first:.10g} to {last:.10g}, and {reason}. -> ask_each_side",
    "area.level_period": "level {level} has no whole number of pixels in a full turn",
    "area.gap": "a gap of {gap:.10g} lies between them",
    "area.ends_differ": "the pixels at one end do not go on with those at the other",
    "area.plan_is_complete": "A plan has its area, level and bands already. -> give_to_query",
    "area.plan_changed": "{name} changed after the area was planned. -> plan_again",
    "area.plan_with_condition": "The plan leaves out tiles of {name} by the condition {found}. -> "
    "plan_all",
    "filter.type": "The condition is {found}, expected a text: 'max > 2000'.",
    "filter.complex": "{name} does not list the values of its tiles; complex numbers have no "
    "order.",
    "filter.no_statistics": "{name} does not list the values of its tiles. -> convert_original",
    "filter.syntax": "The condition {found!r} is not understood{place}; expected comparisons such "
    "as max > 2000, or band2.min < 0 and band2.max >= 10, made of min, max, bandN.min, bandN.max, "
    "numbers, < <= > >= = !=, and, or, ( ).",
    "filter.at": " at {found!r}",
    "filter.band": "{name} has bands 1 to {expected}, the condition {condition!r} asks for band "
    "{found}.",
    "area.bbox": "The bbox {found} is not (xmin, ymin, xmax, ymax) with xmin <= xmax and ymin <= "
    "ymax; where it crosses the 180th meridian, longitudes continue beyond 180: "
    "170,-20,190,-10.",
    "area.far": "The bbox {found} lies too far from the raster to be found in it.",
    # Points
    "points.type": "The points are {found}, expected pairs of numbers such as [(7.4, 46.9)].",
    "points.crs_type": "The CRS of the points is {found}, expected a text such as EPSG:4326.",
    "points.no_crs": "{name} has no CRS, so points in {crs} cannot be located in it. -> "
    "own_coordinates_of_points",
    "points.one_outside": "The point {found} lies outside {name}, whose bounds are {expected} in "
    "{crs}. -> choose_point",
    "points.outside": "All {count} points, such as {found}, lie outside {name}, whose bounds are "
    "{expected} in {crs}. -> choose_point",
    "points.one_of_some_outside": "1 of {expected} points lies outside {name} and has no values.",
    "points.some_outside": "{found} of {expected} points lie outside {name} and have no values.",
    "points.counts_pixels": "{name}: it has no geotransform, only {found} ground control points in "
    "{crs}, so coordinates count pixels. -> warp_for_map",
    "points.memory": "{name}: values of {bands} bands at {found} points do not fit into memory. -> "
    "fewer_points",
    "crs.no_place": "The bbox {found} in {source} has no place in the raster's CRS, {target}: "
    "{reason}.",
    "crs.undefined": "it reaches to where that one is not defined",
    # Conversion
    "batch.same_output": "{other} and {name} would both become {output}. -> different_folders",
    "batch.output_is_input": "{name} would become {output}, which is an input. -> choose_folder",
    # Variables of a file
    "variable.choice": "The variables are {found}, expected names such as tas, or tas,pr.",
    "variable.none_here": "{name} is one raster without variables, so there is none of the name "
    "{found}. -> without_variable",
    "variable.unknown": "{name} has no variable {found}. -> choose_variables",
    "variable.several": "{name} holds {found} variables, which do not become one raster by "
    "themselves: {parts}. -> one_variable",
    "variable.quoted": "{name} holds {found} variables, which GDAL cannot open because of the "
    "quotation mark in the name. -> rename",
    "variable.nothing": "{name} holds no raster to convert. {reason}.",
    "stack.differs": "{name}: {first} and {second} do not fit into one raster: {reason}. "
    "-> fitting_variables",
    "stack.size": "they have {first} and {second} pixels",
    "stack.type": "their data types are {first} and {second}",
    "stack.transform": "their grids begin at {first} and {second}",
    "stack.field": "they differ in {found}",
    "stack.mask": "they have masks of their own",
    "stack.no_times": "{found} has no times",
    "stack.calendar": "their calendars are {first} and {second}",
    "stack.dates": "they have {first} and {second} dates",
    "stack.date": "their date {number} is {first} and {second}",
    "crs.given_type": "The CRS is {found}, expected a text such as EPSG:4326.",
    "crs.has_one": "{name} has a CRS already, {expected}, so {found} is not assigned. -> "
    "without_crs",
    "internal": "{name} failed unexpectedly with {reason}.",
    "output.folder_is_file": "{name} is a file. -> name_a_folder",
    "output.no_name_of_folder": "{name} is a folder, which says no name for an output. -> "
    "name_or_files",
    "output.no_name": "{name} says no name for an output. -> name_output",
    "output.suffix": "{name} has {found}, expected .flac for a FLAC raster or .tif for a GeoTIFF.",
    "output.flac_suffix": "{name} has {found}, expected .flac for a FLAC raster.",
    "output.geotiff_suffix": "{name} has {found}, expected .tif for a GeoTIFF.",
    "output.extract_suffix": "{name} has {found}, expected .tif for a GeoTIFF or .nc for NetCDF.",
    "suffix.other": "the suffix {found!r}",
    "suffix.none": "no suffix",
    "output.no_layout": "{name} is not to be FLAC, so it has no {layout} layout. -> name_it_flac",
    "option.layout": "The layout is {found!r}, expected one of {expected}.",
    "same.metadata": "different {found}",
    "same.pixels": "different pixels",
    "same.not_readable": "not readable",
    # Other formats
    "geotiff.complex_mode": "Overviews of {found} cannot be made by mode in a GeoTIFF: complex "
    "numbers have none there. -> average_or_nearest",
    "geotiff.overviews": "{name}: GDAL made overviews of {found} times the pixel size, expected "
    "{expected}. -> no_overviews",
    "geotiff.metadata": "{name} cannot be written as GeoTIFF, because GDAL does not take the "
    "raster's metadata: {reason}.",
    "geotiff.cannot_write": "{name} cannot be written: {reason}. -> check_file_size",
    "geotiff.gdal": "GDAL says {reason}",
    "geotiff.not_read_back": "what was written cannot be read back",
    "geotiff.read_back_differs": "what was written reads back differently at {found}",
    "input.damaged": "{name} cannot be read at {window}: {reason}; the file may be damaged.",
    "input.folder_no_raster": "{name} is a folder; a file was expected, or a folder that GDAL "
    "knows for a raster, such as one of Zarr.",
    "input.not_raster": "{name} is not a raster that can be read: {reason}.",
    "input.name_not_utf8": "{name} is not a raster that can be read: GDAL supports only names in "
    "UTF-8. -> rename",
    "input.many_rasters": "{name} holds {found} rasters. -> name_one",
    "input.no_bands": "{name} has no bands; a raster was expected.",
    "raster.mask_values": "{name}: its mask has values between 0 and 255, which cannot be kept. "
    "-> alpha_band",
    "raster.description": "{name}: what GDAL says of this raster {reason}, so that parts of it "
    "might be lost. -> correct_text",
    "raster.mixed_types": "{name}: its bands have different data types ({found}). -> convert_each",
    "raster.type_lost": "{name}: the data type {found} cannot be kept without loss.",
    "raster.not_utf8": "{name}: the name {found!r} of a metadata domain is not in UTF-8. -> "
    "save_utf8",
    "xml.malformed": "is not well-formed XML: {reason}{near}",
    "xml.near": ", near {found!r}",
    "xml.document_type": "has a document type",
    "raster.the_raster": "the raster",
    "raster.its_file": "its file",
    "raster.band_masks": "{name}: its bands have their own masks, which cannot be kept. -> "
    "one_mask",
    "raster.color_table": "{name}: the color table of band {band} has {found} for {value}, "
    "expected red, green, blue and alpha of 0 to 255. -> remove_table",
    # The QGIS plugin
    "qgis.no_scheme": "{name} is not a file on this computer. -> begin_url",
    "qgis.login_in_url": "{name}: the URL contains a user name or password, which QGIS would save "
    "in projects, histories and logs. -> use_authcfg",
    "qgis.authcfg_scheme": "{name}: authentication configurations are for http and https only. -> "
    "remove_authcfg",
    "qgis.authcfg": "{name}: QGIS's authentication configuration {authcfg} cannot be used: it may "
    "not exist in this profile, or the master password is missing. -> check_authcfg",
    "qgis.socks": "The SOCKS proxy set in QGIS needs the Python package {package}. -> install",
    "qgis.extent": "The extent has no place in the coordinate system of {name}: {reason}.",
    "qgis.no_answer_yet": "{name}: the server has not answered within {expected:g} seconds. -> "
    "wait",
    "qgis.cannot_draw": "{name} cannot be drawn. {reason}.",
    "qgis.bounds": "{name} cannot be drawn: its bounds {found} are not finite.",
    "qgis.too_large": "{name} cannot be drawn: it is {width:.4g} x {height:.4g} pixels large, and "
    "QGIS counts to {expected} only.",
    "qgis.extent_outside": "The extent {found} of the layer lies outside {name}, whose bounds are "
    "{expected}. -> choose_inside",
    "qgis.layer": "{reason}.",
    "qgis.collection": "{name} is a folder or a list, not one raster. -> save_connection",
    "qgis.cannot_open": "{name} cannot be opened.",
    "qgis.copy_changed": "{name} changed on its server while it was being copied. -> copy_again",
    "qgis.server_ended": "The process that gives FLAC rasters to the tools of QGIS has ended, and "
    "another is being started. -> retry_later",
    "qgis.server_failed": "The process that gives FLAC rasters to the tools of QGIS has ended, and "
    "cannot be started again. -> restart_qgis",
    "qgis.internal": "Internal error ({kind}). -> report",
    # Serving
    "serve.port": "Port {found} of this computer cannot be used: {reason}. -> choose_port",
    "serve.no_rasters": "{name} has no FLAC rasters. -> name_folder_or_files",
    # Warnings and notes
    "note.no_overviews": "{name} has no overviews, though {source} has some.",
    "note.small_raster": "{name} has no overviews, though {source} has some; a raster this small "
    "needs none.",
    "note.rounded_overviews": "The overviews of {name} are rounded to float64, because "
    "GDAL makes them so of 64-bit integers; its full resolution is exact.",
    "note.own_overviews": "The overviews of {name} were made from its pixels; those of {source} "
    "were not taken over.",
    "note.points_of_two_ends": "The output goes without the raster's ground control points and "
    "RPCs: it continues from one end of the raster at the other, and they do not.",
    "note.rpcs_not_numbers": "The output goes without the raster's RPCs: their offsets are "
    "not numbers, so they cannot be moved to a part of it.",
    "note.geolocation": "The output goes without the raster's geolocation arrays: they count the "
    "pixels of the whole raster.",
    "note.not_kept": "{layout} cannot hold all of this raster's {field}: it was {expected} and "
    "became {found}; {original} still has it.",
    "note.nothing": "nothing",
    "note.streaming": "flac-raster's streaming layout",
    "note.the_input": "the input",
    "note.the_flac_file": "the FLAC file",
    "note.damaged_tile": "1 of {expected} tiles is damaged, and its pixels are lost; in {output} "
    "they are nodata, or masked where there is no nodata value.",
    "note.damaged_tiles": "{found} of {expected} tiles are damaged, and their pixels are lost; in "
    "{output} they are nodata, or masked where there is no nodata value.",
    "note.one_more_tile": "And one more tile is damaged.",
    "note.more_tiles": "And {found} more tiles are damaged.",
    "note.unused_option": "{name} is {kind}, on which {option} has no effect.",
    "note.unused_options": "{name} is {kind}, on which {options} and {last} have no effect.",
    "note.list": "{first}, {next}",
    "output.geotiff": "a GeoTIFF",
    "output.streaming": "FLAC of the streaming layout",
    "output.tiled": "a FLAC raster",
    "output.netcdf": "a NetCDF file",
    "name.effort": "effort",
    "name.interleave": "interleave",
    "name.tile_bands": "bands per tile",
    "name.compression_level": "compression level",
    "name.tile_size": "tile size",
    "name.cog": "cog (Cloud Optimized GeoTIFF)",
    "note.axes": "The data axes of the raster of {name} are the axes {found} of its CRS{words}; "
    "in what is written they are {expected}, so that it may lie elsewhere.",
    "note.gcps_axes": "The data axes of the GCPs of {name} are the axes {found} of its CRS{words}; "
    "in what is written they are {expected}, so that it may lie elsewhere.",
    "note.latitude_first": ", latitude before longitude",
    "note.north_first": ", north before east",
    "note.bits": "The bits per pixel (NBITS) of {name} are not kept, because they are not a number "
    "or not the same in all bands; band {band} says {found}.",
    "note.color_profile": "The color profile of {name} (white point and primary chromaticities) is "
    "not kept, because GDAL would need gigabytes of memory to read it.",
    "note.epoch_no_year": "The coordinate epoch {found:g} of {name} is not a decimal year and is "
    "not kept.",
    "note.epoch_digits": "The coordinate epoch of {name} is kept as {found}; GDAL reports six "
    "decimals, so further ones may be lost.",
    "note.gcps_epoch": "The coordinate epoch of the ground control points of {name} is not kept.",
    "note.gcps_epoch_value": "The coordinate epoch {found:g} of the ground control points of "
    "{name} is not kept.",
    "note.nodata_digits": "Nodata of band {band} of {name}, which no pixel can have, is kept as "
    "{found}; GDAL reports 16 digits, so further ones may be lost.",
    "note.table_digits": "Real numbers in the attribute table of band {band} of {name}, such as "
    "{found} in the column {column!r}, are kept with 16 significant digits, as GDAL reports them; "
    "a 17th may be lost.",
    "note.sidecar_unread": "Histograms of {name} that may be in {path} are not kept. -> copy_both",
    "note.sidecar_broken": "Histograms of {name} that may be in {path} are not kept: it {reason}.",
    "note.recoded": "Texts of {name} are not in UTF-8 and were read as Latin-1, such as {found!r}. "
    "-> save_recoded",
    "note.the_texts": "them",
    "note.times": "The bands of {name} are kept without times, because these cannot "
    "be read ({reason}). -> give_times",
    "note.axes_order": "The columns of {name} follow {found}, because its dimensions are not in "
    "the order of rows and columns, so maps show it in a wrong place. -> order_first",
    "note.bounds": "The times of {name} are kept without their bounds {found}, which cannot be "
    "read as intervals that have these times in them.",
    "note.times_rounded": "The times of {name} are rounded to microseconds.",
    "note.climatology": "The times of {name} are those of a climatology, whose bands show several "
    "years together; only the times themselves are kept.",
    "note.no_bounds": "The bands of {name} show instants, not intervals, because the bounds of "
    "their times, {found}, are not given. -> give_bounds",
    "note.no_crs": "{name} has no CRS, so maps cannot show where it is. -> give_crs",
    "note.crs_unread": "The CRS of {name} is not kept: {reason}. -> give_crs",
    "note.grid_mapping": "The CRS of {name}, of the grid mapping {found}, is not kept, because it "
    "cannot be read without the Python package pyproj. -> install_pyproj",
    "note.curvilinear": "{name} has no even grid; the coordinates {found} of its pixels are not "
    "kept.",
    "note.unpacked": "The values of {name} are stored as {found}, because stored as {expected}, as "
    "in their source, they would not come back exactly.",
    "note.netcdf": "NetCDF has no place for some of the metadata ({found}); {name} lacks them.",
    "note.variables_left": "Variables of {name} that are not numbers on a grid of rows and columns "
    "are left out: {found}.",
    "note.bounds_left": "Bounds and coordinates of {name} are left out: {found}.",
    "note.empty_left": "Variables of {name} without pixels are left out: {found}.",
    "note.no_grid": "{name} has no even grid, so maps cannot show where it is. -> warp_first",
    "note.subdatasets": "{name} holds {found} rasters, and only the one that GDAL opens first is "
    "read. -> name_others",
}

REMEDIES = {
    "install": "Install it with: python -m pip install {package}",
    "install_all": "Install them with: python -m pip install {package}",
    "begin_url": "If it is a URL, write https:// or http:// before it.",
    "check_path": "Check the path.",
    "check_address": "Check the URL.",
    "reopen": "Open it again.",
    "extract_geotiff": "Extract it as GeoTIFF.",
    "extract_bands": "Extract the bands one by one, or as GeoTIFF.",
    "rename_dimensions": "Rename those of rows and columns to y and x with rename().",
    "resample_axis": "Put it on an even grid first, for example with interp().",
    "write_each": "Write each to a file of its own.",
    "install_pyproj": "Install it, or give the CRS.",
    "reopen_dataset": "Open the dataset again.",
    "plan_again": "Plan the area again.",
    "get_again": "Fetch or convert the file again.",
    "fetch_again": "Fetch the file again.",
    "copy_again": "Save the copy again.",
    "convert_unwritten": "Convert it again when nothing writes to it.",
    "url_as_text": "If it is meant to be a URL, give it as text with ://, not as a path.",
    "url_by_itself": "Give the URL by itself.",
    "move_away": "Move it away.",
    "save_as_file": "Save what comes from it as a file, and name that.",
    "name_a_file": "Give the name of a file.",
    "name_files": "Give the names of some.",
    "name_a_folder": "Give the name of a folder.",
    "choose_folder": "Choose another folder.",
    "name_local": "Give the name of a file or folder here.",
    "choose_output": "Choose another output.",
    "choose_name": "Choose another name.",
    "overwrite": "Choose another name or enable overwriting.",
    "make_folder": "Make it first.",
    "index": "Make one from FLAC rasters with: flac-raster index",
    "collection_suffix": "Give it a name that ends in .json.gz or .json.",
    "name_folders": "Give the names of folders inside of it, or of rasters.",
    "index_again": "Make the collection anew with: flac-raster index --update",
    "give_bbox": "Give a bbox.",
    "extract_each": "Extract from each raster by itself.",
    "index_apart": "Make a collection of each kind.",
    "delete_link": "Delete the link or choose another name.",
    "delete_it": "Delete it or choose another folder.",
    "find_output": "Check whether it or its folder was moved or deleted, and run this again if so.",
    "free_space": "Free some space or choose another folder.",
    "writable_folder": "Choose a folder that can be written to.",
    "permitted_folder": "Choose a folder that you may write to.",
    "check_folder": "Check the folder and try again.",
    "use_scheme": "Use http, https or one of {expected}, or list {scheme} in the environment "
    "variable {variable}.",
    "file_address": "Give that of the file alone.",
    "direct_url": "Use the direct URL of the file.",
    "url_begins": "Check the path. A URL begins with http:// or https://.",
    "log_in": "Enter them, or ask the operator of the server.",
    "check_rights": "Check the rights, and whether a signed URL has expired.",
    "check_proxy": "Check the proxy settings.",
    "style_beside": "Save it beside the file, with the suffix .qml.",
    "save_connection": "Save it as a connection: the Browser then lists its rasters under “FLAC "
    "Raster”.",
    "ask_operator": "Ask the operator of the server.",
    "retry_or_other_server": "Try again, or use another server.",
    "other_server": "Use another server.",
    "other_server_or_copy": "Use another server, or a copy of the file.",
    "browser": "Open the URL in a browser: it may want a login, or show an error.",
    "download": "Use a server that supports them, or download the file.",
    "uncompressed": "Have compression switched off for .flac files.",
    "check_authentication": "Check it.",
    "retry": "Try again, or where the connection is better.",
    "retry_later": "Try again later.",
    "restart_qgis": "Restart QGIS.",
    "check_access": "Check the credentials of this computer for {scheme}.",
    "check_all": "Check the URL, the network, and the credentials.",
    "use_known_scheme": "Use http, https, s3, gs, az or another one of the Python package fsspec.",
    "install_beside": "Install it beside fsspec.",
    "check_certificates": "Check the URL, and the certificates that this computer trusts.",
    "check_scheme": "Check whether the URL should start with http, and the port.",
    "check_paths": "Check the paths that the session or the environment variables "
    "REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE name.",
    "check_network": "Check the URL and the network.",
    "check_socks": "Check its address; a SOCKS proxy needs the Python package PySocks.",
    "check_headers": "Check the headers and the authentication that go with it, or use another "
    "server.",
    "shrink_header": "Use larger tiles, more bands per tile, or remove large metadata.",
    "update": "Update FLAC Raster.",
    "remove_id3": "Remove the ID3 tag with a tagger.",
    "convert_first": "Convert it first, with flac-raster convert or the tool “Convert to or from "
    "FLAC”.",
    "convert_original": "Convert the original raster again.",
    "usual_layout": "Use the usual layout, which keeps them, or convert the pixels to int16 first.",
    "fewer_bands": "Use the usual layout, which has no such limit, or convert some of the bands.",
    "larger_tiles": "Use larger tiles.",
    "smaller_tiles": "Use smaller tiles.",
    "larger_tiles_or_parts": "Use larger tiles, or convert it in parts.",
    "convert_in_parts": "Convert its bands in several parts.",
    "convert_type": "Convert the raster to one of these first.",
    "correct_it": "Correct or remove it first.",
    "correct_transform": "Correct it first, for example with gdal_edit.py -a_ullr.",
    "give_code_or_wkt": "Give an authority code such as EPSG:4326, or WKT.",
    "make_same": "Make both the same.",
    "choose_one": "Choose one of these.",
    "choose_some": "Choose some of these.",
    "read_less": "Read a smaller window or a coarser level.",
    "without_coordinates": "Open it with parse_coordinates=False, or a coarser level.",
    "check_disk": "Check the disk or the network.",
    "smaller_blocks": "If you trust it, store it in smaller ones first, such as with "
    "gdal_translate.",
    "raise_limit": "If you trust it, set the environment variable {variable} to {megabytes} (MB).",
    "start_dask_workers": "Start some with: dask worker {name}",
    "fewer_if_short": "Try again with fewer workers if memory is short.",
    "fewer_workers": "Try again with fewer workers.",
    "same_version": "Install the same one everywhere.",
    "convert_original_if_any": "Convert the original raster again if there is one.",
    "give_one": "Give one of them.",
    "give_both": "Give both, or neither.",
    "choose_inside": "Choose one inside.",
    "choose_inside_or_crs": "Choose one inside, or say which CRS the bbox is in if that is "
    "another one.",
    "choose_inside_in_crs": "In that CRS the bbox is {inside}. Choose one inside.",
    "choose_inside_counted": "Choose one inside. {counted}.",
    "warp_for_map": "For map coordinates, warp it with gdalwarp and convert the result.",
    "own_coordinates": "Give the bbox in the raster's own coordinates, without a CRS.",
    "own_coordinates_of_points": "Give them in the raster's own coordinates, without a CRS.",
    "choose_point": "Give x before y, so longitude before latitude, and the CRS of the points if "
    "it is another one.",
    "fewer_points": "Give fewer points, or fewer bands.",
    "choose_tile": "Choose one of these, or “{center}” or “{last}”.",
    "ask_each_side": "Ask for each side: {sides}.",
    "finer_level_or_each_side": "Choose a finer level, or ask for each side: {sides}.",
    "give_to_query": "Give them to query.",
    "plan_all": "Plan the area without a condition to read its pixels.",
    "different_folders": "Convert them into different folders.",
    "name_or_files": "Give the output a name, or convert the files in the folder, such as *.tif.",
    "name_output": "Give the output a name.",
    "name_it_flac": "Name it .flac.",
    "other_crs": "Give the raster another one first, such as with gdal_edit.py -a_srs EPSG:4326.",
    "average_or_nearest": "Choose average or nearest.",
    "no_overviews": "Convert it without overviews, or to a Cloud Optimized GeoTIFF.",
    "check_file_size": "Check that the folder can hold files of this size; if it can, please "
    "report this.",
    "without_variable": "Leave the variable out.",
    "choose_variables": "Choose some of these: {parts}.",
    "one_variable": "Choose one with --variable, put all into one file with --stack, or name no "
    "output, for a file each (in QGIS: Variables, Stack variables or Folder for a file per "
    "variable; in Python: variable= and stack=True, or convert_files).",
    "fitting_variables": "Choose variables that fit, or make a file of each.",
    "without_crs": "Leave the CRS out; to replace a wrong one, use gdal_edit.py -a_srs first.",
    "warp_first": "If other variables say where its pixels lie, warp it first with gdalwarp "
    "-geoloc.",
    "order_first": "Put its dimensions in order first, for example by writing it from xarray with "
    "to_flac().",
    "give_crs": "Assign one, such as EPSG:4326 for longitudes and latitudes, with --crs (in QGIS: "
    "CRS to assign, in Python: crs=).",
    "name_one": "Give the name of one of them: {parts}.",
    "name_others": "For the others, give their names: {parts}.",
    "rename": "Rename the file.",
    "copy_both": "To keep them, copy both files to a folder and convert them there.",
    "save_recoded": "If this is wrong, save {where} in UTF-8 and convert again.",
    "alpha_band": "Make it an alpha band.",
    "correct_text": "Correct or remove that text in {where}.",
    "convert_each": "Convert each on its own.",
    "save_utf8": "Save {where} in UTF-8, for example with iconv -f ISO-8859-1 -t UTF-8.",
    "one_mask": "Make one mask for all bands.",
    "remove_table": "Remove the table first.",
    "use_authcfg": "Use an authentication configuration instead. In a path, write @ as %40.",
    "remove_authcfg": "Remove it, and give the credentials for {scheme} as its package expects "
    "them.",
    "check_authcfg": "Check it under Settings, Options, Authentication.",
    "wait": "The layer appears when it does, or reload it later.",
    "report": "Please report it and attach the details.",
    "choose_port": "Choose another one, or leave --port out.",
    "name_folder_or_files": "Name another folder, or files.",
    "give_times": "To give them, use --times or --time-start (in QGIS: Times of bands, in Python: "
    "times=).",
    "add_bands": "Add it with all its bands.",
    "give_times_first": "To give them, convert it with --times or --time-start (in QGIS: Times of "
    "bands, in Python: times=).",
    "choose_time": "Choose another one; info lists them.",
    "choose_raster_time": "Choose another one; info says which times there are.",
    "give_bounds": 'Pass a dataset with both, such as dataset[["tas", "time_bnds"]].',
    "read_collection": "Only flac-raster info and flac-raster extract read collections; open one "
    "of its rasters instead.",
    "give_start": "Give one too.",
    "one_each_band": "Give one time for each band, in the order of the bands.",
    "save_csv": "Save it as CSV in UTF-8.",
    "write_time": "Write a date such as 2020-07, a range such as 2020-01..2020-06, or all.",
    "make_overviews": "To make them, choose average, mode or nearest with --overview-resampling "
    "(in QGIS: Overview resampling, in Python: overview_resampling=), or make a Cloud Optimized "
    "GeoTIFF.",
}


def template_and_remedy(code: str) -> tuple[str, str]:
    """Return the template of a message and the remedy that it names, which may be empty."""
    template, _, remedy = MESSAGES[code].partition(" -> ")
    return template, remedy
