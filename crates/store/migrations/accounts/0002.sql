-- Passkeys: what a browser or a key keeps secret, and of which only the public half is here. Any number of an account.
create table passkey (
    id text primary key,            -- what the browser calls it, in base64url
    account text not null references account (name),
    handle text not null,           -- what the browser calls the account: random words that tell nothing of it
    label text not null,
    record text not null,           -- the public key, the counter and what else is checked, as JSON
    made integer not null,
    used integer
) strict, without rowid;
create index passkey_by_account on passkey (account, made);

pragma user_version = 2;
