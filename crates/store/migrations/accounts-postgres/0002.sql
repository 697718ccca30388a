-- Passkeys, in the form of the file `migrations/accounts/0002.sql`.
create table passkey (
    id text collate "C" primary key,
    account text collate "C" not null references account (name),
    handle text not null,
    label text not null,
    record text not null,
    made bigint not null,
    used bigint
);
create index passkey_by_account on passkey (account, made);
