-- Cases as logs of events that are only ever appended to. What stands in `cases` beside its id is a summary of the
-- events: it can be made anew from them at any time.
create table cases (
    id text primary key,
    company text not null,
    title text not null,
    country text not null,
    status text not null,
    opened text not null,
    updated text not null,
    events integer not null,
    head text not null
) strict;
create index cases_by_updated on cases (updated desc, id);

create table events (
    case_id text not null references cases (id) on delete cascade,
    place integer not null,
    body text not null,
    previous text not null,
    hash text not null,
    primary key (case_id, place)
) strict, without rowid;

create trigger events_are_never_edited before update on events
begin
    select raise(abort, 'an event is never edited');
end;
create trigger events_go_only_with_their_case before delete on events
when exists (select 1 from cases where id = old.case_id)
begin
    select raise(abort, 'an event goes only with its whole case');
end;

create virtual table case_words using fts5 (case_id unindexed, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');

pragma application_id = 1433621251;
pragma user_version = 1;
