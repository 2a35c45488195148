"""The private PostgreSQL: one cluster, a database and two roles for each service."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from stack import install
from stack.instance import Instance
from stack.say import Refused
from stack.services import SERVICES, Service

SUPERUSER = "tts_superuser"
TESTER = "tts_test"  # makes and drops the test databases; never known to a service
LOCALE = ["--locale=C.UTF-8", "--encoding=UTF8"]


def home(instance: Instance) -> Path:
    return instance.reach / "postgres"


def data(instance: Instance) -> Path:
    return home(instance) / "data"


def system_user() -> str | None:
    """The user that the server runs as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise Refused("PostgreSQL does not run as root and there is no user to run it as")


def as_system_user(command: list[str]) -> list[str]:
    """The command, run as the server's user when we are root."""
    user = system_user()
    if user is None:
        return command
    group = str(pwd.getpwnam(user).pw_gid)
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", *command]


def prepare(instance: Instance) -> None:
    """Make the cluster when there is none, and write its settings."""
    folder = home(instance)
    folder.mkdir(exist_ok=True)
    if not (data(instance) / "PG_VERSION").exists():
        _init(instance)
    (data(instance) / "tts.conf").write_text(settings(instance))
    _own(data(instance) / "tts.conf")


def _own(path: Path) -> None:
    user = system_user()
    if user is not None:
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _init(instance: Instance) -> None:
    folder = home(instance)
    folder.chmod(0o711)
    _own(folder)
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(instance.secret("postgres-superuser"))
    _own(password)
    command = [str(install.find(install.POSTGRES)), "-D", str(data(instance)), *LOCALE]
    command += [f"--username={SUPERUSER}", f"--pwfile={password}", "--auth=scram-sha-256"]
    command += ["--data-checksums", "--no-sync"]
    try:
        subprocess.run(
            as_system_user(command), check=True, capture_output=True, text=True, cwd=folder
        )
    except subprocess.CalledProcessError as error:
        raise Refused(f"initdb failed: {error.stderr.strip()}") from error
    finally:
        password.unlink()
    with (data(instance) / "postgresql.conf").open("a") as handle:
        handle.write("include 'tts.conf'\n")


def settings(instance: Instance) -> str:
    """The server's settings: loopback TCP only, room for every process of the stack."""
    durable = (
        "on" if instance.is_default else "off"
    )  # a test's cluster need not outlive a power cut
    return "\n".join(
        (
            "listen_addresses = '127.0.0.1'",
            f"port = {instance.ports['postgres']}",
            "unix_socket_directories = ''",
            "max_connections = 300",
            "password_encryption = 'scram-sha-256'",
            "shared_buffers = '128MB'",
            f"fsync = {durable}",
            "timezone = 'UTC'",
            "log_timezone = 'UTC'",
            "log_checkpoints = off",
            "jit = off",  # our statements are small: planning them costs more than running them
            "",
        )
    )


def command(instance: Instance) -> list[str]:
    server = install.find(install.POSTGRES).with_name("postgres")
    return as_system_user([str(server), "-D", str(data(instance))])


def url(instance: Instance, *, user: str, secret: str, database: str) -> str:
    password = instance.secret(secret)
    return f"postgresql://{user}:{password}@127.0.0.1:{instance.ports['postgres']}/{database}"


def app_url(instance: Instance, service: Service) -> str:
    """The address with which a service's processes work: rows only, its database only."""
    return url(
        instance,
        user=service.database,
        secret=f"postgres-{service.database}",
        database=service.database,
    )


def owner_url(instance: Instance, service: Service) -> str:
    """The address with which migrations run."""
    return url(
        instance, user=service.owner, secret=f"postgres-{service.owner}", database=service.database
    )


def superuser_url(instance: Instance, database: str = "postgres") -> str:
    return url(instance, user=SUPERUSER, secret="postgres-superuser", database=database)  # noqa: S106


def tester_url(instance: Instance, database: str) -> str:
    return url(instance, user=TESTER, secret="postgres-tester", database=database)  # noqa: S106


def answers(instance: Instance) -> bool:
    try:
        psycopg.connect(superuser_url(instance), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def provision(instance: Instance) -> None:
    """Make roles and databases that are missing and set their passwords and rights."""
    with psycopg.connect(superuser_url(instance), autocommit=True) as connection:
        for service in SERVICES:
            _role(connection, service.owner, instance.secret(f"postgres-{service.owner}"))
            _role(connection, service.database, instance.secret(f"postgres-{service.database}"))
            _database(connection, service)
        if not instance.is_default:
            _role(connection, TESTER, instance.secret("postgres-tester"), rights="SUPERUSER")
    for service in SERVICES:
        with psycopg.connect(superuser_url(instance, service.database)) as connection:
            _rights(connection, service)


def _role(
    connection: psycopg.Connection, name: str, password: str, *, rights: str = "NOSUPERUSER"
) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statement = "{verb} ROLE {name} LOGIN {rights} PASSWORD {password}"
    connection.execute(
        sql.SQL(statement).format(
            verb=sql.SQL("ALTER" if known else "CREATE"),
            name=sql.Identifier(name),
            rights=sql.SQL(rights),
            password=sql.Literal(password),
        )
    )


def _database(connection: psycopg.Connection, service: Service) -> None:
    known = connection.execute(
        "SELECT 1 FROM pg_database WHERE datname = %s", [service.database]
    ).fetchone()
    names = {"db": sql.Identifier(service.database), "owner": sql.Identifier(service.owner)}
    if not known:
        connection.execute(sql.SQL("CREATE DATABASE {db} OWNER {owner}").format(**names))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {db} FROM PUBLIC").format(**names))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {db} TO {app}").format(
            app=sql.Identifier(service.database), **names
        )
    )


def _rights(connection: psycopg.Connection, service: Service) -> None:
    """The owner makes tables; the app role reads and writes rows in whatever the owner makes."""
    names = {"app": sql.Identifier(service.database), "owner": sql.Identifier(service.owner)}
    for statement in (
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        "GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**names))
