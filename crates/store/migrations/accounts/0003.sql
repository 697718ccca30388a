-- By which passkey a browser came in: what takes the passkey back ends its sessions. Null for one that came in by a password.
alter table session add column passkey text;
create index session_by_passkey on session (passkey);

pragma user_version = 3;
