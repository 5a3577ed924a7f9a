# `make run` and `make test` are the two commands to know; `make help` lists them all.

.DEFAULT_GOAL := help
.PHONY: help install run stop test check check-all prove bench lock messages

# The first Python on this machine that is new enough; else python3, which then says what is needed.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; \
	done; echo python3)
VENV := .venv/bin
PYTEST := $(VENV)/pytest -n 2 -q
PORT ?= 8000

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

install: ## set up the environment, the styles and what tests need
	@$(PYTHON) -m cms_portal.launch.install --for-tests

run: ## serve the portal with demo data on http://localhost:8000 (PORT= to change)
	@$(PYTHON) -m cms_portal.launch.install
	@exec $(VENV)/python -m cms_portal.launch --port '$(PORT)'

stop: ## stop the portal's own database
	@$(VENV)/python -m cms_portal.database stop

test: install ## run the tests of every commit, in a real browser too (at most 8 minutes)
	@$(PYTEST) -m 'not slow and not full'

check: install ## lint, types, imports, templates, migrations, translations, rulebooks, locks
	@$(VENV)/python -m cms_portal.launch.check

check-all: install ## run the tests marked slow (at most 40 minutes)
	@$(PYTEST) -m slow || [ $$? -eq 5 ]

prove: install ## run the tests marked full, with every figure
	@$(PYTEST) -m full

bench: install ## seed many children and time the pages (SIZE=small or full)
	@$(VENV)/python -m bench --size '$(or $(SIZE),small)'

messages: ## bring the Spanish catalogues up to date with the texts
	@$(VENV)/python manage.py messages

lock: ## write the lock files from requirements*.in and package.json
	@$(VENV)/python -m cms_portal.launch.lock
