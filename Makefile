# The portal's commands. `make run` and `make test` are the two to know; `make help` lists all.
PYTHON ?= $(firstword $(shell command -v python3 python3.14 python3.13 python3.12 python3.11 2>/dev/null))
PORT ?= 8000
CODE_USER = $(if $(filter command line,$(origin USER)),$(USER),officer)
BIN = .venv/bin
START = $(PYTHON) -m portal.start
TEMPLATES = find templates portal home applications seminars -name '*.html' -print0

.PHONY: help run reset code test audit bench lint fmt messages lock build

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## prepare everything and serve the demonstration at http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(START) run --port '$(PORT)'

reset: ## throw away the demonstration's data
	@$(START) reset

code: ## print the current sign-in code of a demo account: make code USER=officer
	@$(BIN)/python manage.py demo_code '$(CODE_USER)'

build: ## environment with test tools, assets and compiled translations
	@$(START) tests

test: build ## run the tests on SQLite, then those that need PostgreSQL there
	@sh tests/run.sh

audit: build ## run the long matrices, and all journeys with every page in every language and width
	@$(BIN)/pytest -m audit --ignore tests/journeys --ignore tests/accessibility
	@$(BIN)/pytest -m audit --numprocesses auto --maxprocesses 4 --dist worksteal tests/accessibility
	@TEST_DATABASE=postgres $(BIN)/pytest -m "audit or not audit" tests/faults tests/access/test_garbage.py
	@EVERY_VIEW=1 $(BIN)/pytest -m "audit or not audit" --numprocesses auto --maxprocesses 4 --dist loadfile tests/journeys
	@$(BIN)/python -m tests.lighthouse

bench: build ## measure the portal against a bare Django view (AHEAD=100000 for a look ahead, ONLY=office for one subject)
	@$(BIN)/python -m tests.bench $(if $(AHEAD),--ahead '$(AHEAD)') $(if $(ONLY),--only '$(ONLY)')

lint: build ## style, imports, missing migrations, missing translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TEMPLATES) | xargs -0 -r $(BIN)/djade --check --target-version 5.2
	git ls-files -z '*.py' | xargs -0 $(BIN)/django-upgrade --check --target-version 5.2
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py messages --check

fmt: build ## format Python and templates
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .
	@git ls-files -z '*.py' | xargs -0 $(BIN)/django-upgrade --target-version 5.2 --exit-zero-even-if-changed
	@$(TEMPLATES) | xargs -0 -r $(BIN)/djade --target-version 5.2 || true

messages: ## bring the translation catalogues in line with the sources
	@$(BIN)/python manage.py messages

lock: ## compile requirements*.txt, with hashes, from requirements*.in
	@for name in requirements requirements-dev requirements-node; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
			--no-emit-index-url $$name.in -o $$name.txt || exit 1; done
