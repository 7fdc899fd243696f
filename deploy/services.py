"""Start and stop the services that the whole suite runs against, or say which line to type.

    python deploy/services.py start    prints the variables by which the site finds them
    python deploy/services.py stop     all of them, or those whose variables are named after it

PostgreSQL and Elasticsearch: a given DATABASE_URL or ELASTICSEARCH_URL is used as it is; else a
Docker engine runs deploy/compose.yaml; else each module here gets and starts one, with its data in
the folder for temporary files, listening on the loopback only. Needs Python alone.
"""

import os
import subprocess
import sys

import elastic
import postgresql
from machine import COMPOSE, Missing, has_docker, run

COMPOSE_URLS = {
    "DATABASE_URL": "postgres://rede:rede@127.0.0.1:54329/rede",
    "ELASTICSEARCH_URL": "http://127.0.0.1:54292",
}
SERVICES = {"DATABASE_URL": "postgres", "ELASTICSEARCH_URL": "elasticsearch"}
STARTERS = {"DATABASE_URL": postgresql.start, "ELASTICSEARCH_URL": elastic.start}
STOPPERS = {"DATABASE_URL": postgresql.stop, "ELASTICSEARCH_URL": elastic.stop}


def start() -> dict[str, str]:
    """The variables of the services, running."""
    given = {name: os.environ[name] for name in SERVICES if os.environ.get(name)}
    wanted = [name for name in SERVICES if name not in given]
    if wanted and has_docker():
        run([*COMPOSE, "up", "-d", "--wait", *(SERVICES[name] for name in wanted)])
        return given | {name: COMPOSE_URLS[name] for name in wanted}
    return given | {name: STARTERS[name]() for name in wanted}


def stop(wanted: list[str]) -> None:
    """Stop what was started here, with its data."""
    if has_docker():
        everything = set(wanted) == set(SERVICES)
        names = [SERVICES[name] for name in wanted]
        run([*COMPOSE, *(["down", "--volumes"] if everything else ["rm", "-sf", *names])])
    for name in wanted:
        STOPPERS[name]()


def main() -> None:
    wanted = sys.argv[1:]
    try:
        if wanted == ["start"]:
            for name, value in start().items():
                print(f"export {name}='{value}'")
        elif wanted[:1] == ["stop"] and set(wanted[1:]) <= set(SERVICES):
            stop(wanted[1:] or list(SERVICES))
        else:
            sys.exit(__doc__)
    except Missing as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        said = error.stderr or error.stdout or ""
        sys.exit(f"Não deu certo: {' '.join(error.cmd)}\n{said}")


if __name__ == "__main__":
    main()
