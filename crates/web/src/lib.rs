//! The local web app, the JSON API and the assistant's door.
