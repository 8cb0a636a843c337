-- Schemas and roles of the four services, made by `npm run generate` from deploy/local/src/database-roles.ts.
-- Run it by an administrator inside the database: psql -d okienko -v ON_ERROR_STOP=1 -f roles.sql. It can be run again at any time.
-- Then give each role a password, as by \password cases_app, and let no connection in without TLS (pg_hba.conf: hostssl, scram-sha-256).
--   <service>_migrate  owns the schema; used by the migration alone
--   <service>_app      reads and writes rows; cannot create, alter, drop, nor change the access log
--   <service>_read     reads the views of <service>_operations: events, inboxes, dead letters, anchors; nothing about people
do $$ begin
  if not exists (select from pg_roles where rolname = 'catalogue_migrate') then
    create role "catalogue_migrate" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'catalogue_app') then
    create role "catalogue_app" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'catalogue_read') then
    create role "catalogue_read" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'cases_migrate') then
    create role "cases_migrate" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'cases_app') then
    create role "cases_app" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'cases_read') then
    create role "cases_read" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'providers_migrate') then
    create role "providers_migrate" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'providers_app') then
    create role "providers_app" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'providers_read') then
    create role "providers_read" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'notifications_migrate') then
    create role "notifications_migrate" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'notifications_app') then
    create role "notifications_app" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
do $$ begin
  if not exists (select from pg_roles where rolname = 'notifications_read') then
    create role "notifications_read" login noinherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
  end if;
end $$;
grant "catalogue_migrate" to current_user;
grant "catalogue_app" to current_user;
grant "catalogue_read" to current_user;
grant "cases_migrate" to current_user;
grant "cases_app" to current_user;
grant "cases_read" to current_user;
grant "providers_migrate" to current_user;
grant "providers_app" to current_user;
grant "providers_read" to current_user;
grant "notifications_migrate" to current_user;
grant "notifications_app" to current_user;
grant "notifications_read" to current_user;
revoke all on database "okienko" from public;
revoke all on schema public from public;
grant connect on database "okienko" to "catalogue_migrate", "catalogue_app", "catalogue_read";
create schema if not exists "catalogue" authorization "catalogue_migrate";
create schema if not exists "catalogue_rebuild" authorization "catalogue_migrate";
create schema if not exists "catalogue_operations" authorization "catalogue_migrate";
grant usage on schema "catalogue" to "catalogue_app";
grant usage on schema "catalogue_operations" to "catalogue_read";
grant select, insert, update, delete on all tables in schema "catalogue" to "catalogue_app";
grant usage on all sequences in schema "catalogue" to "catalogue_app";
grant select on all tables in schema "catalogue_operations" to "catalogue_read";
alter default privileges for role "catalogue_migrate" revoke execute on functions from public;
alter default privileges for role "catalogue_migrate" in schema "catalogue" grant select, insert, update, delete on tables to "catalogue_app";
alter default privileges for role "catalogue_migrate" in schema "catalogue" grant usage on sequences to "catalogue_app";
alter default privileges for role "catalogue_migrate" in schema "catalogue" grant execute on functions to "catalogue_app";
alter default privileges for role "catalogue_migrate" in schema "catalogue_operations" grant select on tables to "catalogue_read";
do $$ begin if to_regclass('catalogue.access_log') is not null then revoke update, delete, truncate on catalogue.access_log from "catalogue_app"; end if; end $$;
do $$ begin if to_regclass('catalogue.access_log_term') is not null then revoke insert, update, delete, truncate on catalogue.access_log_term from "catalogue_app"; end if; end $$;
do $$ begin if to_regclass('catalogue.access_log_start') is not null then revoke insert, update, delete, truncate on catalogue.access_log_start from "catalogue_app"; end if; end $$;
alter role "catalogue_migrate" in database "okienko" set search_path = "catalogue";
alter role "catalogue_app" in database "okienko" set search_path = "catalogue";
alter role "catalogue_read" in database "okienko" set search_path = "catalogue_operations";
alter role "catalogue_read" in database "okienko" set default_transaction_read_only = on;
alter role "catalogue_read" in database "okienko" set statement_timeout = '30s';
grant connect on database "okienko" to "cases_migrate", "cases_app", "cases_read";
create schema if not exists "cases" authorization "cases_migrate";
create schema if not exists "cases_rebuild" authorization "cases_migrate";
create schema if not exists "cases_operations" authorization "cases_migrate";
grant usage on schema "cases" to "cases_app";
grant usage on schema "cases_operations" to "cases_read";
grant select, insert, update, delete on all tables in schema "cases" to "cases_app";
grant usage on all sequences in schema "cases" to "cases_app";
grant select on all tables in schema "cases_operations" to "cases_read";
alter default privileges for role "cases_migrate" revoke execute on functions from public;
alter default privileges for role "cases_migrate" in schema "cases" grant select, insert, update, delete on tables to "cases_app";
alter default privileges for role "cases_migrate" in schema "cases" grant usage on sequences to "cases_app";
alter default privileges for role "cases_migrate" in schema "cases" grant execute on functions to "cases_app";
alter default privileges for role "cases_migrate" in schema "cases_operations" grant select on tables to "cases_read";
do $$ begin if to_regclass('cases.access_log') is not null then revoke update, delete, truncate on cases.access_log from "cases_app"; end if; end $$;
do $$ begin if to_regclass('cases.access_log_term') is not null then revoke insert, update, delete, truncate on cases.access_log_term from "cases_app"; end if; end $$;
do $$ begin if to_regclass('cases.access_log_start') is not null then revoke insert, update, delete, truncate on cases.access_log_start from "cases_app"; end if; end $$;
alter role "cases_migrate" in database "okienko" set search_path = "cases";
alter role "cases_app" in database "okienko" set search_path = "cases";
alter role "cases_read" in database "okienko" set search_path = "cases_operations";
alter role "cases_read" in database "okienko" set default_transaction_read_only = on;
alter role "cases_read" in database "okienko" set statement_timeout = '30s';
grant connect on database "okienko" to "providers_migrate", "providers_app", "providers_read";
create schema if not exists "providers" authorization "providers_migrate";
create schema if not exists "providers_rebuild" authorization "providers_migrate";
create schema if not exists "providers_operations" authorization "providers_migrate";
grant usage on schema "providers" to "providers_app";
grant usage on schema "providers_operations" to "providers_read";
grant select, insert, update, delete on all tables in schema "providers" to "providers_app";
grant usage on all sequences in schema "providers" to "providers_app";
grant select on all tables in schema "providers_operations" to "providers_read";
alter default privileges for role "providers_migrate" revoke execute on functions from public;
alter default privileges for role "providers_migrate" in schema "providers" grant select, insert, update, delete on tables to "providers_app";
alter default privileges for role "providers_migrate" in schema "providers" grant usage on sequences to "providers_app";
alter default privileges for role "providers_migrate" in schema "providers" grant execute on functions to "providers_app";
alter default privileges for role "providers_migrate" in schema "providers_operations" grant select on tables to "providers_read";
do $$ begin if to_regclass('providers.access_log') is not null then revoke update, delete, truncate on providers.access_log from "providers_app"; end if; end $$;
do $$ begin if to_regclass('providers.access_log_term') is not null then revoke insert, update, delete, truncate on providers.access_log_term from "providers_app"; end if; end $$;
do $$ begin if to_regclass('providers.access_log_start') is not null then revoke insert, update, delete, truncate on providers.access_log_start from "providers_app"; end if; end $$;
alter role "providers_migrate" in database "okienko" set search_path = "providers";
alter role "providers_app" in database "okienko" set search_path = "providers";
alter role "providers_read" in database "okienko" set search_path = "providers_operations";
alter role "providers_read" in database "okienko" set default_transaction_read_only = on;
alter role "providers_read" in database "okienko" set statement_timeout = '30s';
grant connect on database "okienko" to "notifications_migrate", "notifications_app", "notifications_read";
create schema if not exists "notifications" authorization "notifications_migrate";
create schema if not exists "notifications_rebuild" authorization "notifications_migrate";
create schema if not exists "notifications_operations" authorization "notifications_migrate";
grant usage on schema "notifications" to "notifications_app";
grant usage on schema "notifications_operations" to "notifications_read";
grant select, insert, update, delete on all tables in schema "notifications" to "notifications_app";
grant usage on all sequences in schema "notifications" to "notifications_app";
grant select on all tables in schema "notifications_operations" to "notifications_read";
alter default privileges for role "notifications_migrate" revoke execute on functions from public;
alter default privileges for role "notifications_migrate" in schema "notifications" grant select, insert, update, delete on tables to "notifications_app";
alter default privileges for role "notifications_migrate" in schema "notifications" grant usage on sequences to "notifications_app";
alter default privileges for role "notifications_migrate" in schema "notifications" grant execute on functions to "notifications_app";
alter default privileges for role "notifications_migrate" in schema "notifications_operations" grant select on tables to "notifications_read";
do $$ begin if to_regclass('notifications.access_log') is not null then revoke update, delete, truncate on notifications.access_log from "notifications_app"; end if; end $$;
do $$ begin if to_regclass('notifications.access_log_term') is not null then revoke insert, update, delete, truncate on notifications.access_log_term from "notifications_app"; end if; end $$;
do $$ begin if to_regclass('notifications.access_log_start') is not null then revoke insert, update, delete, truncate on notifications.access_log_start from "notifications_app"; end if; end $$;
alter role "notifications_migrate" in database "okienko" set search_path = "notifications";
alter role "notifications_app" in database "okienko" set search_path = "notifications";
alter role "notifications_read" in database "okienko" set search_path = "notifications_operations";
alter role "notifications_read" in database "okienko" set default_transaction_read_only = on;
alter role "notifications_read" in database "okienko" set statement_timeout = '30s';
