//! Mail in and out: a mailbox read over IMAP, a message sent over SMTP.
