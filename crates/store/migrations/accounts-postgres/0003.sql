-- By which passkey a browser came in, in the form of the file `migrations/accounts/0003.sql`.
alter table session add column passkey text;
create index session_by_passkey on session (passkey);
