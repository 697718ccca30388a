-- Who may come in to the server of an advice centre, what is kept of their coming and going, and what they did. Times are
-- seconds since 1970. Of whatever lets one in only a hash is kept.
create table organisation (
    name text primary key,
    made integer not null
) strict, without rowid;

create table account (
    name text primary key,
    organisation text not null references organisation (name),
    role text not null,
    password text not null,         -- Argon2id, with its salt and its cost
    provisional integer not null,   -- made by somebody else: to be changed before anything else
    disabled integer not null,
    epoch integer not null,         -- goes up with whatever ends the sessions of the account
    made integer not null
) strict, without rowid;

create table session (
    hash text primary key,
    account text not null references account (name),
    epoch integer not null,
    begun integer not null,
    seen integer not null
) strict, without rowid;

create table token (
    hash text primary key,
    account text not null references account (name),
    label text not null,
    made integer not null,
    ends integer not null
) strict, without rowid;

-- What was typed as a name, as a hash, whether an account has it or not.
create table attempt (
    hash text primary key,
    failures integer not null,
    last integer not null,
    until integer not null
) strict, without rowid;

create table audit (
    place integer primary key,
    organisation text not null,
    body text not null,
    previous text not null,
    hash text not null
) strict;
create index audit_by_organisation on audit (organisation, place);
create trigger audit_is_never_edited before update on audit
begin
    select raise(abort, 'what was done is never edited');
end;
create trigger audit_is_never_deleted before delete on audit
begin
    select raise(abort, 'what was done is never deleted');
end;

pragma application_id = 1433621857;
pragma user_version = 1;
