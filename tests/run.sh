#!/bin/sh
# The tests that need PostgreSQL there, then all others on SQLite. REQUIRE_ALL=1: a missing real part is a failure.
# A test process for each core; a file stays in one process, so that what it starts is started once.
set -- --numprocesses auto --maxprocesses 4 --dist loadfile "$@"
mkdir -p var/test
rm -f var/test/postgres-missing

TEST_DATABASE=postgres .venv/bin/pytest -m "postgres or both_databases" "$@"
case $? in # 5: nothing of what was asked for needs it
0 | 5) if [ -e var/test/postgres-missing ]; then POSTGRES_RUN="could not run"; else POSTGRES_RUN="passed"; fi ;;
*) POSTGRES_RUN="FAILED, see above" ;;
esac
export POSTGRES_RUN

.venv/bin/pytest "$@"
result=$?
[ "$POSTGRES_RUN" = "FAILED, see above" ] && exit 1
exit $result
