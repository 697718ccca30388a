//! Forms and their controls, with the label of each.
//!
//! Controls that stand in no `<form>` are gathered into one of their own where they make up a form to write in: pages
//! built by scripts often have no `<form>` at all.

use std::collections::HashMap;

use super::build::Builder;
use super::names::{Attr, Tag};
use super::tokens::Attrs;
use super::{BlockKind, Control, Form};

const MAX_FORMS: usize = 500;
const MAX_CONTROLS: usize = 2_000;

/// A form being read.
#[derive(Debug, Default)]
struct Open {
    form: Form,
    /// How many elements were open around it.
    depth: usize,
    /// `id` of each control.
    ids: Vec<String>,
    /// Texts of labels by the `id` they are for.
    labels: Vec<(String, String)>,
}

/// A `<label>` being read.
#[derive(Debug)]
struct OpenLabel {
    depth: usize,
    target: Option<String>,
    start: usize,
    /// How many controls there were before it.
    controls: usize,
    kind: BlockKind,
}

/// The forms of a page while it is read.
#[derive(Debug, Default)]
pub(super) struct Forms {
    open: Option<Open>,
    loose: Open,
    label: Option<OpenLabel>,
    /// Where the text of the last button begins.
    button: usize,
    controls: usize,
}

impl Forms {
    fn current(&mut self) -> &mut Open {
        self.open.as_mut().unwrap_or(&mut self.loose)
    }
}

impl Builder {
    pub(super) fn begin_form(&mut self, attrs: &Attrs) {
        if self.forms.open.is_some() || !self.is_live() || self.out.forms.len() >= MAX_FORMS {
            return;
        }
        let names: Vec<_> =
            [Attr::Id, Attr::Name, Attr::Class].into_iter().filter_map(|attr| attrs.filled(attr)).collect();
        let first = self.out.blocks.len();
        self.forms.open = Some(Open {
            form: Form {
                action: attrs.filled(Attr::Action).map(std::borrow::Cow::into_owned),
                names: names.join(" "),
                blocks: first..first,
                heading: self.heads.last().map(|head| head.block),
                place: self.ctx.place,
                ..Form::default()
            },
            depth: self.frames.len(),
            ..Open::default()
        });
    }

    /// Ends the form that was opened with `depth` elements open around it.
    pub(super) fn end_form(&mut self, depth: usize) {
        if self.forms.open.as_ref().is_some_and(|open| open.depth == depth + 1)
            && let Some(open) = self.forms.open.take()
        {
            self.keep_form(open);
        }
    }

    fn keep_form(&mut self, mut open: Open) {
        open.form.blocks.end = self.out.blocks.len();
        let labels: HashMap<&str, &str> =
            open.labels.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        for (control, id) in open.form.controls.iter_mut().zip(&open.ids) {
            if let Some(text) = labels.get(id.as_str()).filter(|_| !id.is_empty()) {
                (*text).clone_into(&mut control.label);
            }
        }
        self.out.forms.push(open.form);
    }

    pub(super) fn end_all_forms(&mut self) {
        if let Some(open) = self.forms.open.take() {
            self.keep_form(open);
        }
        let loose = std::mem::take(&mut self.forms.loose);
        let controls = &loose.form.controls;
        let text =
            |control: &&Control| matches!(control.kind.as_str(), "text" | "email" | "tel" | "textarea");
        if controls.iter().any(|control| control.element == "textarea")
            || controls.iter().filter(text).count() >= 2
        {
            self.keep_form(loose);
        }
    }

    pub(super) fn begin_label(&mut self, attrs: &Attrs) {
        if !self.is_live() {
            return;
        }
        let controls = self.forms.current().form.controls.len();
        self.forms.label = Some(OpenLabel {
            depth: self.frames.len(),
            target: attrs.filled(Attr::For).map(std::borrow::Cow::into_owned),
            start: self.here(),
            controls,
            kind: self.ctx.kind,
        });
        // A label that begins a line is a block of its own; one in the middle of a sentence is not.
        if !self.is_pending() && self.ctx.kind == BlockKind::Paragraph {
            self.ctx.kind = BlockKind::Term;
        }
    }

    pub(super) fn end_label(&mut self, depth: usize) {
        let Some(label) = self.forms.label.take_if(|label| label.depth == depth + 1) else { return };
        let range = self.since(label.start);
        let text: String = self.out.text[range].chars().take(200).collect();
        let is_term = self.ctx.kind == BlockKind::Term && label.kind != BlockKind::Term;
        if is_term {
            self.flush();
        }
        let current = self.forms.current();
        if !text.is_empty() {
            if let Some(controls) = current.form.controls.get_mut(label.controls..) {
                for control in controls {
                    text.clone_into(&mut control.label);
                }
            }
            if let Some(id) = label.target.filter(|_| current.labels.len() < MAX_CONTROLS) {
                current.labels.push((id, text));
            }
        }
    }

    /// Takes a control that a person fills in.
    pub(super) fn control(&mut self, tag: Tag, attrs: &Attrs) {
        let kind = attrs.filled(Attr::Type).map(|kind| kind.to_lowercase());
        if self.forms.controls >= MAX_CONTROLS || kind.as_deref() == Some("hidden") {
            return;
        }
        self.forms.controls += 1;
        self.forms.button = self.here();
        let (element, default) = match tag {
            Tag::Textarea => ("textarea", "textarea"),
            Tag::Select => ("select", "select"),
            Tag::Button => ("button", "submit"),
            _ => ("input", "text"),
        };
        let kind = kind.unwrap_or_else(|| default.to_owned());
        let is_button = matches!(kind.as_str(), "submit" | "button" | "image" | "reset");
        let told = [Attr::AriaLabel, Attr::Placeholder, Attr::Value, Attr::Title, Attr::Alt]
            .into_iter()
            .filter(|attr| *attr != Attr::Value || is_button)
            .find_map(|attr| attrs.filled(attr));
        let label = match told {
            Some(label) => label.chars().take(200).collect(),
            None if is_button => String::new(),
            // Without a label of its own, the words before it on its line are one.
            None => {
                let line = self.out.text[self.pending.start..].rsplit('\n').next().unwrap_or_default().trim();
                if line.len() <= 80 { line.to_owned() } else { String::new() }
            }
        };
        let id = attrs.filled(Attr::Id).map(std::borrow::Cow::into_owned).unwrap_or_default();
        let name = attrs.filled(Attr::Name).map_or_else(|| id.clone(), std::borrow::Cow::into_owned);
        let (place, heading, first) =
            (self.ctx.place, self.heads.last().map(|head| head.block), self.out.blocks.len());
        let current = self.forms.current();
        if current.form.controls.is_empty() && current.depth == 0 {
            current.form.place = place;
            current.form.heading = heading;
            current.form.blocks.start = first;
        }
        current.form.controls.push(Control { element: element.to_owned(), kind, name, label });
        current.ids.push(id);
    }

    /// Gives a button the text that it shows as its label.
    pub(super) fn end_button(&mut self) {
        let range = self.since(self.forms.button);
        let text: String = self.out.text[range].chars().take(200).collect();
        let current = self.forms.current();
        if let Some(control) = current.form.controls.last_mut()
            && control.element == "button"
            && control.label.is_empty()
        {
            control.label = text;
        }
    }
}
