//! Text put into markup so that nothing in it is markup.

/// Writes a text into markup, between tags or inside a quoted attribute; control characters but line ends and tabs are left out.
pub fn escape_into(text: &str, markup: &mut String) {
    for c in text.chars() {
        match c {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#39;"),
            c if c.is_control() && !matches!(c, '\n' | '\r' | '\t') => {}
            c => markup.push(c),
        }
    }
}

/// Returns a text as markup, see [`escape_into`].
#[must_use]
pub fn escape(text: &str) -> String {
    let mut markup = String::with_capacity(text.len() + text.len() / 8);
    escape_into(text, &mut markup);
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escape("<script>\"&'\u{1}\n"), "&lt;script&gt;&quot;&amp;&#39;\n");
    }
}
