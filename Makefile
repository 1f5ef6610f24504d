# demo, test, fuzz, check, bench, serve: each sets up what it needs and is quick the second time.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
STYLE := static/vendor/tabler.min.css
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

# `check --deploy` looks at the settings of production: made up here, used for nothing else.
PRODUCTION = DEBUG=false ALLOWED_HOSTS=city.example SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(64))")

# Every evaluation that is shipped; of a file with several, each by its code.
SAMPLES = songyuan yiyang-2018 hongjiang-2010 $(addprefix zhangjiajie-2021/,direct delegated) \
    $(addprefix district-2022-1plus5/,comprehensive party civility safety unity reform)

# The demonstration has a database of its own, made anew each time.
DEMO = DATABASE_URL=sqlite:///var/demo.sqlite3 AUDIT_HEADS=var/demo-audit FILES=var/demo-files

.PHONY: demo test fuzz check bench serve

demo: .venv/.installed $(MESSAGES)
	@$(PY) -m demo var/demo
	@$(PY) manage.py make_workbook schemes/songyuan.yaml var/demo/songyuan-empty.xlsx \
	    --force --units var/demo/year2/songyuan/单位.csv
	@cat var/demo/year2/songyuan-results.txt
	@$(PY) manage.py explain_score schemes/songyuan.yaml var/demo/year2/songyuan --unit 市审计局 --node common
	@echo; echo "数据 Facts: var/demo/year1|year2/<scheme>/*.csv   空表 Empty workbook: var/demo/songyuan-empty.xlsx"
	@echo "结果 Results: var/demo/year1|year2/<scheme>-results.xlsx, .json, .txt"
	@echo "有几项考核的方案 A scheme of several evaluations: <scheme>/<evaluation>/*.csv, <scheme>/<evaluation>-results.*"
	@rm -rf var/demo.sqlite3 var/demo.sqlite3-wal var/demo.sqlite3-shm var/demo-audit var/demo-files
	@$(DEMO) $(PY) manage.py migrate --verbosity 0
	@$(DEMO) $(PY) manage.py seed_demo var/demo
	@echo; echo "看页面 The pages: make serve → http://127.0.0.1:8000"

test: .venv/.installed-dev $(MESSAGES) $(STYLE)
	$(PY) -m pytest --numprocesses auto

fuzz: .venv/.installed-dev
	$(PY) -m tests.oracle --cases 200000

check: .venv/.installed-dev $(MESSAGES)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy config engine evaluation indicators scoring demo desk
	.venv/bin/lint-imports --no-logo
	$(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

bench: .venv/.installed-dev $(MESSAGES)
	$(PY) -m benchmarks

serve: .venv/.installed $(MESSAGES) $(STYLE)
	@test -f var/demo.sqlite3 || { echo "先运行 make demo。Run make demo first." >&2; exit 1; }
	$(DEMO) $(PY) manage.py runserver 127.0.0.1:8000

.venv/.installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or later is needed; name it so: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@

# Fetched, never committed; where there is no registry this says so, makes nothing and does not fail.
$(STYLE): package-lock.json | .venv/.installed
	@$(PY) -m config.vendor

%.mo: %.po | .venv/.installed
	$(PY) -c "import polib, sys; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])" $< $@
