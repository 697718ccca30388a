-- The words by which a case is found stand once each, folded by the program, in an index without texts; the case has a
-- number there, so that its words are replaced without a look at those of others. Summaries of an older form, and all of
-- those from before this step, are made anew from the events by the next program that writes.
alter table cases add column number integer;
alter table cases add column form integer not null default 0;
update cases set number = rowid;
create unique index cases_by_number on cases (number);

drop table case_words;
create virtual table case_words using fts5 (
    words, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);

-- A sealed store has its key here, itself sealed with the passphrase; what a case says is then locked, and the columns that
-- say something are empty.
create table seal (
    id integer primary key check (id = 1),
    key text not null
) strict;
alter table cases add column sealed text;
alter table cases add column sealed_words text;
create trigger cases_are_sealed_as_their_store before insert on cases
when (select count(*) from seal) <> (new.sealed is not null)
begin
    select raise(abort, 'the store was sealed or opened meanwhile: run this again');
end;

pragma user_version = 2;
