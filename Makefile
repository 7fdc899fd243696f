# Two commands do all the set-up: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := PORT=$(PORT) $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help run test test-quick services services-stop lint format reset-demo requirements bench

help: ## Mostra este resumo
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(VENV)/.installed ## Põe o site no ar com a biblioteca de demonstração (PORT=8000)
	@$(MANAGE) serve

test: $(VENV)/.installed-dev ## Roda todos os testes com SQLite, PostgreSQL, Elasticsearch, navegador e leitores de podcast
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh tests/run.sh

test-quick: $(VENV)/.installed-dev ## Roda os testes que só precisam de Python
	@$(BIN)/python -m pytest -m "not real_parts" -n auto

services: ## Liga o PostgreSQL e o Elasticsearch que os testes usam e diz onde estão
	@$(PYTHON) deploy/services.py start

services-stop: ## Desliga os serviços dos testes e apaga os dados deles
	@$(PYTHON) deploy/services.py stop

lint: $(VENV)/.installed-dev ## Confere estilo, tipos, modelos e o rumo das importações
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/lint-imports
	@$(BIN)/mypy

format: $(VENV)/.installed-dev ## Arruma o estilo
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/.installed ## Mede a busca e um feed longo, ao lado de outros programas (escreve em bench/RESULTS.md)
	@$(BIN)/python bench/search/relevance.py
	@$(BIN)/python bench/search/times.py --documents 10000
	@$(BIN)/python bench/feeds.py

reset-demo: $(VENV)/.installed ## Apaga os dados locais e monta a demonstração de novo
	@rm -rf var/db.sqlite3* var/originals var/published var/clock.lock
	@$(MANAGE) serve --prepare-only

requirements: $(VENV)/.installed-dev ## Recompila requirements*.txt a partir de requirements*.in
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make requirements" requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make requirements" requirements-dev.in -o requirements-dev.txt

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "É preciso Python 3.11 ou mais novo. Diga qual: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "Falta o módulo venv. No Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	@echo "Instalando as bibliotecas (só na primeira vez)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Instalando o que os testes precisam (só na primeira vez)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
