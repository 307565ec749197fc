# Every command a maintainer needs; `make` alone lists them. The work is done by the scripts in packaging/.

ifeq ($(OS),Windows_NT)
PYTHON = .venv/Scripts/python.exe
ANY_PYTHON = python
else
PYTHON = .venv/bin/python
ANY_PYTHON = python3
endif
QGIS_ENV = packaging/qgis_env.sh
PYTEST_ARGS =
# Processes that share the tests of a suite, as many as there are processors; WORKERS=0 for none, which suits a single test.
# All tests of a module run in one process, where they share fixtures.
WORKERS = logical
PYTEST = $(PYTHON) -m pytest -n $(WORKERS) --maxprocesses 8 --dist loadscope

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup setup-engine demo bench bench-remote bench-layer docs screenshots test test-engine test-plugin test-qt6 test-random lint \
	fuzz flips kills faults load definitions reliability zip translations check-zip matrix clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing: QGIS, .venv, a QGIS profile with the plugin in it
	@packaging/setup.sh

setup-engine: ## only what the engine and the linters need, on any system (ANY_PYTHON=python3.12 to choose)
	@$(ANY_PYTHON) packaging/setup_engine.py

demo: setup ## raster to FLAC and back through QGIS, with a picture (INPUT=/some.tif for your own)
	@$(PYTHON) packaging/demo.py $(if $(INPUT),"$(INPUT)")

test: setup test-engine test-plugin ## engine tests, then plugin tests (PYTEST_ARGS="-k name" to choose, WORKERS=0 for one process)

# The engine must work where there is no QGIS, so its tests run without pytest-qgis, which would load it.
test-engine: setup-engine ## engine tests, on any system with Python 3.9 or later
	$(PYTEST) -p no:pytest_qgis tests/engine $(PYTEST_ARGS)

test-plugin: setup ## plugin tests, in QGIS
	$(QGIS_ENV) $(PYTEST) $(wildcard tests/plugin tests/packaging tests/gui) $(PYTEST_ARGS)

QT6 = build/qt6/bin/python
test-qt6: ## what the plugin uses of Qt, beside the PyQt6 of PyPI, without QGIS
	@$(ANY_PYTHON) -m venv build/qt6
	$(QT6) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt PyQt6 pytest
	$(QT6) -m pytest --noconftest -p no:pytest_qgis tests/qt6 $(PYTEST_ARGS)

# Tests of properties take the same examples each time, these do not; what fails is kept in .hypothesis and tried first
# the next time.
RANDOM = -m hypothesis --hypothesis-profile=random
test-random: setup ## tests of properties with examples at random (ROUNDS=3; PYTEST_ARGS=--hypothesis-seed=N to repeat)
	for round in $$(seq $(or $(ROUNDS),1)); do \
		$(PYTEST) -p no:pytest_qgis tests/engine $(RANDOM) $(PYTEST_ARGS) && \
		$(QGIS_ENV) $(PYTEST) tests/plugin tests/gui $(RANDOM) $(PYTEST_ARGS) || exit; \
	done

bench: setup ## sizes and speed beside COG and others (CORPUS=folder of .tif for your own rasters)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check \
		--constraint .venv/constraints.txt --editable '.[bench]'
	$(PYTHON) -m benchmarks.formats $(if $(CORPUS),--corpus "$(CORPUS)")

bench-remote: setup ## views of remote rasters beside GDAL's of COG (CORPUS=folder of .tif for real pixels)
	$(PYTHON) -m benchmarks.remote $(if $(CORPUS),--corpus "$(CORPUS)")

bench-layer: setup ## maps of remote rasters in QGIS beside GDAL's of COG (CORPUS=folder of .tif for real pixels)
	$(QGIS_ENV) $(PYTHON) -m benchmarks.layer $(if $(CORPUS),--corpus "$(CORPUS)")

docs: setup ## the references in docs/command-line.md, docs/errors.md and docs/tools.md
	@$(PYTHON) packaging/reference_commands.py
	@$(PYTHON) packaging/reference_errors.py
	@$(QGIS_ENV) $(PYTHON) packaging/reference_tools.py

screenshots: setup ## take the pictures in docs/images again
	@$(QGIS_ENV) $(PYTHON) packaging/screenshots.py

# Left out: QGS105 objects to passing `iface` on, which lets tests pass their own; QGS201 and QGS202 guess from names of
# methods alone.
lint: setup-engine ## style, types, and what would break on QGIS 4
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) packaging/make_zip.py --link build/types/flac_raster_qgis
	$(PYTHON) -m mypy
	$(PYTHON) -m flake8 --select QGS --extend-ignore QGS105,QGS201,QGS202 flac_raster_qgis

# ---- long runs that try to break what docs/reliability.md promises; SCALE=10 makes all but fuzz ten times as long ----

RELIABILITY = PYTHONPATH=tests nice -n 10 $(PYTHON)

fuzz: setup ## fuzz all that parses bytes of strangers (SECONDS=60 for each target, TARGET=file for one)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check \
		--constraint .venv/constraints.txt --editable '.[fuzz]'
	$(RELIABILITY) -m reliability.fuzzing --seconds $(or $(SECONDS),60) $(if $(TARGET),--target "$(TARGET)")

flips: setup ## flip every bit of small files, and some of larger ones (EVERY=1 for every bit of all)
	$(RELIABILITY) -m reliability.campaigns flips $(if $(EVERY),--every-bit)

kills: setup ## kill conversions and extractions at random moments
	$(RELIABILITY) -m reliability.campaigns kills

faults: setup ## let disks, folders and servers fail at random
	$(RELIABILITY) -m reliability.campaigns faults

load: setup ## many readers at once, and thousands of operations on end
	$(RELIABILITY) -m reliability.campaigns load

definitions: setup ## every CRS of PROJ's database, in every version of WKT, must pass the check of CRS
	$(RELIABILITY) -m reliability.campaigns definitions

sweep: setup ## every format that GDAL writes, every kind of metadata, there and back (DRIVERS="GTiff|HFA" for some)
	$(RELIABILITY) -m reliability.campaigns sweep $(if $(DRIVERS),"$(DRIVERS)")

test-rasterio: setup ## files that old and new releases of rasterio write, read by each other
	$(RELIABILITY) -m reliability.campaigns rasterio_versions

reliability: fuzz flips kills faults load sweep ## all six, then their figures into docs/reliability.md
	$(RELIABILITY) -m reliability.campaigns figures

zip: ## the plugin as plugins.qgis.org takes it, in build/
	@python3 packaging/make_zip.py

translations: ## bring resources/i18n up to date with the texts of the plugin
	@python3 packaging/translations.py

check-zip: setup zip ## the zip by the rules of plugins.qgis.org, and what its scanners find
	@$(PYTHON) packaging/check_zip.py build/flac_raster_qgis-*.zip

matrix: ## all tests on other QGIS, the engine's on every Python (ROWS="trixie 3.12" for some); hours
	@python3 packaging/matrix.py $(ROWS)

clean: ## remove everything the other commands made
	rm -rf build .venv .pytest_cache .ruff_cache .hypothesis .qgis-settings *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
