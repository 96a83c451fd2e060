#!/bin/sh
# The tests that need PostgreSQL there, and beside them all others on SQLite, with one process more than there are
# cores: browsers and faults wait much and would leave a core idle. A file stays in one process, so that what it
# starts is started once.
# REQUIRE_ALL=1: a missing real part is a failure.
mkdir -p var/test
rm -f var/test/postgres-missing var/test/postgres.log

TEST_DATABASE=postgres .venv/bin/pytest -m "postgres or both_databases" "$@" >var/test/postgres.log 2>&1 &
postgres=$!
trap 'kill $postgres 2>/dev/null' INT TERM

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
