-- On a server of an advice centre a case belongs to an organisation and to the adviser who works on it. A case of a single
-- user has neither, and no account of a server reaches it.
alter table cases add column organisation text collate "C";
alter table cases add column adviser text collate "C";
create index cases_by_holder on cases (organisation, adviser, updated desc);
