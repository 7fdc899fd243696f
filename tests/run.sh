#!/bin/sh
# Everything the whole suite needs beside Python, then the suite. Called by `make test`, which puts
# the environment's programs on the PATH.
set -eu
packages=deploy/debian-packages.txt
PATH="$PATH:/usr/sbin"  # where Debian keeps servers

missing=""
while read -r package command; do
    case "$package" in ""|"#"*) continue ;; esac
    command -v "$command" >/dev/null 2>&1 || missing="$missing $package"
done < "$packages"

if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Instalando o que falta para os testes:$missing"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # shellcheck disable=SC2086
        apt-get install -y -qq --no-install-recommends $missing >/dev/null
    else
        echo "Para os testes faltam programas. Instale com:"
        echo "  sudo apt-get install --no-install-recommends$missing"
        echo "Ou rode só os que precisam de Python: make test-quick"
        exit 1
    fi
fi

for checkers in tests/browser tests/podcasts/readers; do
    if [ ! -e "$checkers/node_modules/.installed" ] ||
       [ "$checkers/package-lock.json" -nt "$checkers/node_modules/.installed" ]; then
        echo "Baixando os verificadores de $checkers…"
        (cd "$checkers" && npm ci --ignore-scripts --omit=optional --no-audit --no-fund --silent)
        touch "$checkers/node_modules/.installed"
    fi
done

started=""
[ -n "${DATABASE_URL:-}" ] || started="DATABASE_URL"
[ -n "${ELASTICSEARCH_URL:-}" ] || started="$started ELASTICSEARCH_URL"
services=$(python deploy/services.py start)
# shellcheck disable=SC2086
trap '[ -z "$started" ] || python deploy/services.py stop $started' EXIT

# First with the embedded parts and everything beside Python; then what depends on the services, on
# PostgreSQL and Elasticsearch. The last line is the runner's own.
failed=0
echo "Com SQLite:"
env -u DATABASE_URL -u ELASTICSEARCH_URL python -m pytest -n 2 --dist loadgroup "$@" || failed=$?
eval "$services"
echo "Com PostgreSQL e Elasticsearch:"
python -m pytest -n 2 --dist loadgroup -m "not real_parts or database" "$@" || failed=$?
exit "$failed"
