# The portal's few commands; `make run` and `make test` are the two to know.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin

.PHONY: messages fmt

messages: ## bring the translation catalogues in line with the sources
	@$(BIN)/python manage.py messages

fmt: ## format Python and templates
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@find . -path ./node_modules -prune -o -path ./.venv -prune -o -name '*.html' -print0 | xargs -0 -r $(BIN)/djade
