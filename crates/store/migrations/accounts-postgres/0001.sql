-- Who may come in to the server of an advice centre, in the form of the file `migrations/accounts/0001.sql`.
create table organisation (
    name text collate "C" primary key,
    made bigint not null
);

create table account (
    name text collate "C" primary key,
    organisation text collate "C" not null references organisation (name),
    role text not null,
    password text not null,
    provisional bigint not null,
    disabled bigint not null,
    epoch bigint not null,
    made bigint not null
);

create table session (
    hash text collate "C" primary key,
    account text collate "C" not null references account (name),
    epoch bigint not null,
    begun bigint not null,
    seen bigint not null
);

create table token (
    hash text collate "C" primary key,
    account text collate "C" not null references account (name),
    label text not null,
    made bigint not null,
    ends bigint not null
);

create table attempt (
    hash text collate "C" primary key,
    failures bigint not null,
    last bigint not null,
    until bigint not null
);

create table audit (
    place bigint primary key,
    organisation text collate "C" not null,
    body text not null,
    previous text not null,
    hash text not null
);
create index audit_by_organisation on audit (organisation, place);
create function audit_is_kept() returns trigger language plpgsql as $$
begin
    raise exception 'what was done is never edited or deleted';
end $$;
create trigger audit_is_never_edited before update or delete on audit
    for each row execute function audit_is_kept();
create trigger audit_is_never_emptied before truncate on audit
    for each statement execute function audit_is_kept();
