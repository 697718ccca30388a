//! The user's own server, as the file `mail.toml` beside the cases names it. The password never stands in a case or a message.

use std::io;
use std::process::{Command, Stdio};

use mailroom::{Secret, Secure, Server};
use serde::Deserialize;

use super::{CaseDeskError, Place};

/// The file of the user's own server.
pub(super) const FILE: &str = "mail.toml";

/// The file; other tables of it belong to others.
#[derive(Debug, Default, Deserialize)]
struct MailFile {
    smtp: Option<SmtpSettings>,
}

/// How messages leave.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    /// The server's name.
    pub host: String,
    /// Its port.
    #[serde(default)]
    pub port: Option<u16>,
    /// `tls`, `starttls`, or `none` for a server on this machine.
    #[serde(default)]
    pub security: Security,
    /// The user's name there.
    #[serde(default)]
    pub user: Option<String>,
    /// A command that prints the password, such as that of a password manager: program and words.
    #[serde(default)]
    pub password_command: Vec<String>,
}

/// How the way is closed, as the file spells it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// From the first byte.
    #[default]
    Tls,
    /// After a plain greeting.
    StartTls,
    /// Not at all.
    None,
}

/// Reads the settings.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] where there are none, with what to write, or where the file cannot be understood.
pub fn smtp_settings(place: &Place) -> Result<SmtpSettings, CaseDeskError> {
    let path = place.data.join(FILE);
    let shown = path.display();
    let wanted = format!(
        "no mail server is set up: write into `{shown}`\n\n    [smtp]\n    host = \"smtp.your-provider.example\"\n    user = \"you@your-provider.example\"\n    security = \"tls\"   # or \"starttls\"\n    password_command = [\"pass\", \"show\", \"mail\"]   # or UPSTAIRS_SMTP_PASSWORD, or you are asked\n"
    );
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(CaseDeskError::Wrong(wanted)),
        Err(error) => return Err(CaseDeskError::Wrong(format!("`{shown}`: {error}"))),
    };
    let file: MailFile = toml::from_str(&text).map_err(|error| {
        CaseDeskError::Wrong(format!("`{shown}`: {}", crate::broken::toml(&text, &error)))
    })?;
    file.smtp.ok_or(CaseDeskError::Wrong(wanted))
}

impl SmtpSettings {
    /// Returns whether the server asks for a password.
    #[must_use]
    pub const fn needs_password(&self) -> bool {
        self.user.is_some()
    }

    /// Runs the command that prints the password; `None` where there is none.
    ///
    /// # Errors
    ///
    /// [`CaseDeskError::Wrong`] where it fails; what it printed is never part of the message.
    pub fn password(&self) -> Result<Option<String>, CaseDeskError> {
        let Some((program, words)) = self.password_command.split_first() else { return Ok(None) };
        let wrong = |why: String| CaseDeskError::Wrong(format!("password_command `{program}`: {why}"));
        let output = Command::new(program)
            .args(words)
            .stdin(Stdio::inherit())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| wrong(error.to_string()))?;
        if !output.status.success() {
            return Err(wrong(output.status.to_string()));
        }
        let text = String::from_utf8(output.stdout).map_err(|_| wrong("it printed no text".to_owned()))?;
        let first = text.lines().next().unwrap_or_default().to_owned();
        if first.is_empty() { Err(wrong("it printed nothing".to_owned())) } else { Ok(Some(first)) }
    }

    /// Makes the server of the settings and a password.
    #[must_use]
    pub fn server(&self, password: Option<String>) -> Server {
        Server {
            host: self.host.clone(),
            port: self.port,
            secure: match self.security {
                Security::Tls => Secure::Tls,
                Security::StartTls => Secure::StartTls,
                Security::None => Secure::None,
            },
            login: self.user.clone().zip(password.map(Secret::new)),
        }
    }
}
