-- The directory: companies, what was seen of how to reach them, and the indexes by which they are found.

create table company (
    id integer primary key,
    key text not null unique,   -- its first domain, else its name folded
    name text not null,
    body text not null,         -- the record of the company, JSON
    policy text,                -- its complaints procedure, JSON
    kept text not null,         -- when it was last written, RFC 3339
    read text                   -- when its own pages were last read
);

-- One row a sighting: a value is one contact point, however many rows say so.
create table contact (
    id integer primary key,
    company integer not null references company (id) on delete cascade,
    channel text not null,
    value text not null,
    kind text not null,         -- what kind of place says so
    url text not null,
    words integer not null,     -- a hash of the quote
    body text not null          -- the record of the sighting, JSON
);
create unique index contact_once on contact (company, channel, value, url, kind, words);

-- Keys of values: numbers by their digits from behind, mailboxes, addresses, hosts.
create table reach (
    key text not null,
    contact integer not null references contact (id) on delete cascade,
    primary key (key, contact)
) without rowid;
create index reach_contact on reach (contact);

create table name (
    company integer not null references company (id) on delete cascade,
    folded text not null,
    squashed text not null,
    shown text not null,
    kind text not null          -- name, alias or domain
);
create index name_company on name (company);
create index name_folded on name (folded);
create index name_squashed on name (squashed);

-- Words of names, the doors by which a word with a slip finds them, and the companies that bear them.
create table term (id integer primary key, word text not null unique);
create table door (
    hash integer not null,
    term integer not null references term (id),
    primary key (hash, term)
) without rowid;
create table posting (
    term integer not null references term (id),
    company integer not null references company (id) on delete cascade,
    primary key (term, company)
) without rowid;
create index posting_company on posting (company);

-- What became of a contact when the user tried it: only added to.
create table mark (
    id integer primary key,
    company text not null,      -- the key of the company
    value text not null,
    became text not null,
    day text not null,
    note text,
    at text not null
);
create index mark_company on mark (company);

-- What a new reading of a company's pages found to be otherwise: only added to.
create table change (
    id integer primary key,
    company integer not null references company (id) on delete cascade,
    at text not null,
    what text not null,
    channel text not null,
    value text not null,
    before text,
    after text
);
create index change_company on change (company);

pragma application_id = 1433432148;
pragma user_version = 1;
