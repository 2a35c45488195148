#!/usr/bin/env bash
# Five databases, each with an owner (migrations) and a role for the service's processes, which may
# read and write rows but not change the schema. Runs once, on an empty data directory.
set -euo pipefail

create() {
    local database=$1 password=$2 owner_password=$3
    psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
        -v db="$database" -v owner="${database}_owner" -v pw="$password" -v owner_pw="$owner_password" <<'SQL'
CREATE ROLE :"db" LOGIN PASSWORD :'pw';
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_pw';
CREATE DATABASE :"db" OWNER :"owner";
REVOKE ALL ON DATABASE :"db" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"db" TO :"db";
SQL
    psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$database" \
        -v db="$database" -v owner="${database}_owner" <<'SQL'
ALTER SCHEMA public OWNER TO :"owner";
GRANT USAGE ON SCHEMA public TO :"db";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"db";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"db";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO :"db";
SQL
}

for database in authservice workflowmanagement messagingservice notificationservice ticketmanagement; do
    create "$database" "$DATABASE_PASSWORD" "$DATABASE_OWNER_PASSWORD"
done
