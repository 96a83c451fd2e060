#!/bin/sh
# The tests that need PostgreSQL there, and beside them all others on SQLite, with one process more than there are
# cores: browsers and faults wait much and would leave a core idle. A file stays in one process, so that what it
# starts is started once.
# REQUIRE_ALL=1: a missing real part is a failure.
mkdir -p var/test
rm -f var/test/postgres-missing var/test/postgres.log
# Hundreds of processes load the same modules: their bytecode is kept, whatever this machine does otherwise.
unset PYTHONDONTWRITEBYTECODE

TEST_DATABASE=postgres .venv/bin/pytest -m "postgres or both_databases" "$@" >var/test/postgres.log 2>&1 &
postgres=$!
trap 'kill $postgres 2>/dev/null' INT TERM

# Migrates SQLite once on the second core. Who starts after that finds the database, and all test modules as
# bytecode, where each process would have waited for the one and made the other itself.
.venv/bin/pytest -qq tests/audit >var/test/first.log 2>&1 || cat var/test/first.log

cores=$(getconf _NPROCESSORS_ONLN)
POSTGRES_RUN="shown below" .venv/bin/pytest \
    --numprocesses $((cores + 1)) --maxprocesses 4 --dist loadfile --no-loadscope-reorder "$@"
sqlite=$?

wait $postgres
result=$?
cat var/test/postgres.log
[ $result -eq 5 ] && result=0 # nothing of what was asked for needs PostgreSQL
if [ $result -ne 0 ]; then
    echo "On PostgreSQL: FAILED, see above"
elif [ -e var/test/postgres-missing ]; then
    echo "On PostgreSQL: could not run, see above"
fi
[ $sqlite -eq 0 ] && exit $result
exit $sqlite
