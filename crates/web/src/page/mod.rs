//! The pages, a file each.

pub(crate) mod account;
pub(crate) mod atlas;
pub(crate) mod call;
pub(crate) mod case;
pub(crate) mod case_edit;
pub(crate) mod case_write;
pub(crate) mod cases;
pub(crate) mod contact;
pub(crate) mod directory;
pub(crate) mod docs;
pub(crate) mod enter;
pub(crate) mod fault;
pub(crate) mod files;
pub(crate) mod find;
pub(crate) mod home;
pub(crate) mod import;
pub(crate) mod ladder;
pub(crate) mod login;
pub(crate) mod message;
pub(crate) mod options;
pub(crate) mod passkey;
mod picture;
pub(crate) mod seal;
pub(crate) mod settings;
pub(crate) mod start;
pub(crate) mod witness;
pub(crate) mod write;
