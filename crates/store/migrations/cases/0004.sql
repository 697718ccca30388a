-- What was computed of a case, so that a list of all need not fold every log: a cache, made of one head of the log for one
-- purpose, and nothing where either is another. In a sealed store only `body` says something, and it is locked.
create table snapshot (
    case_id text primary key references cases (id) on delete cascade,
    made_of text not null,
    made_for text not null,
    soonest text,
    body text not null,
    proof text not null
) strict;
create index snapshot_by_case on snapshot (case_id, made_of, made_for);
create index snapshot_by_day on snapshot (soonest, case_id);
create index cases_by_head on cases (status, id, head, organisation, adviser);
create index cases_by_form on cases (form);

pragma user_version = 4;
