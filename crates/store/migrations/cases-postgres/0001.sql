-- Cases as logs of events that are only ever appended to, in the form of the file `migrations/cases/0002.sql`. Texts by
-- which rows are put in order compare byte by byte, whatever language the server speaks.
create table cases (
    id text collate "C" primary key,
    company text not null,
    title text not null,
    country text not null,
    status text not null,
    opened text collate "C" not null,
    updated text collate "C" not null,
    events bigint not null,
    head text not null,
    form bigint not null,           -- of the summary: another one than the program's is made anew
    sealed text,                    -- all of this, locked, where the store is sealed
    sealed_words text
);
create index cases_by_updated on cases (updated desc, id);

create table events (
    case_id text collate "C" not null references cases (id) on delete cascade,
    place bigint not null,
    body text not null,
    previous text not null,
    hash text not null,
    primary key (case_id, place)
);

create function event_is_never_edited() returns trigger language plpgsql as $$
begin
    raise exception 'an event is never edited';
end $$;
create function event_goes_only_with_its_case() returns trigger language plpgsql as $$
begin
    if exists (select 1 from cases where id = old.case_id) then
        raise exception 'an event goes only with its whole case';
    end if;
    return old;
end $$;
create trigger events_are_never_edited before update on events
    for each row execute function event_is_never_edited();
create trigger events_go_only_with_their_case before delete on events
    for each row execute function event_goes_only_with_its_case();
create trigger events_are_never_emptied before truncate on events
    for each statement execute function event_is_never_edited();

-- A sealed store has its key here, itself sealed with the passphrase; what a case says is then locked, and the columns that
-- say something are empty.
create table seal (
    id bigint primary key check (id = 1),
    key text not null
);
create function case_is_sealed_as_its_store() returns trigger language plpgsql as $$
begin
    if (select count(*) from seal) <> (new.sealed is not null)::int then
        raise exception 'the store was sealed or opened meanwhile: run this again';
    end if;
    return new;
end $$;
create trigger cases_are_sealed_as_their_store before insert on cases
    for each row execute function case_is_sealed_as_its_store();

create table case_words (
    case_id text collate "C" primary key references cases (id) on delete cascade,
    words tsvector not null
);
create index case_words_by_word on case_words using gin (words);

-- Attached files under the name of their hash, in parts.
create table file (
    case_id text collate "C" not null,
    sha256 text collate "C" not null,
    bytes bigint not null,
    primary key (case_id, sha256)
);
create table file_part (
    case_id text collate "C" not null,
    sha256 text collate "C" not null,
    part bigint not null,
    body bytea not null,
    primary key (case_id, sha256, part),
    foreign key (case_id, sha256) references file (case_id, sha256) on delete cascade
);
alter table file_part alter column body set storage external;
