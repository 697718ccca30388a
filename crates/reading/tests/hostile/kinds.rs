//! Pages made to be slow to read: each kind repeats what some reader might look back over, nest, try again or copy.
//!
//! All of one kind are alike but for their length, so that work that grows faster than the page shows.

/// A kind of hostile page.
pub(crate) struct Kind {
    /// What it is made of.
    pub(crate) name: &'static str,
    head: &'static str,
    /// What is repeated; `#` is the count of the repetition, so that no two are alike.
    unit: &'static str,
    tail: &'static str,
}

impl Kind {
    /// Makes a page of about `size` bytes.
    pub(crate) fn page(&self, size: usize) -> String {
        let mut page = String::with_capacity(size + 4096);
        page.push_str(self.head);
        let mut count = 0_u32;
        while page.len() < size {
            for (i, piece) in self.unit.split('#').enumerate() {
                if i > 0 {
                    page.push_str(&count.to_string());
                }
                page.push_str(piece);
            }
            count += 1;
        }
        page.push_str(self.tail);
        page
    }
}

const fn text(name: &'static str, unit: &'static str) -> Kind {
    Kind { name, head: "<!doctype html><title>t</title><p>", unit, tail: "" }
}

const fn within(name: &'static str, head: &'static str, unit: &'static str, tail: &'static str) -> Kind {
    Kind { name, head, unit, tail }
}

/// Every kind.
pub(crate) const KINDS: &[Kind] = &[
    // Signs of mailboxes.
    text("at signs", "@"),
    text("a@", "a@"),
    text("@a.", "@a."),
    text("a.", "a."),
    text("one endless local part", "a.b-c_d+"),
    text("one endless domain after an at sign", "a@b.c.d."),
    text("mailboxes", "a#@b#.example "),
    text("mailboxes without a space", "a#@b#.example,"),
    text("[at]", "[at]"),
    text("a [at] b", "a [at] b "),
    text("a [at] b [dot] c", "a [at] b [dot] c "),
    text(" at dot ", "at dot at dot "),
    text("(at", "(at (dot "),
    text("brackets", "[({<"),
    text("opening brackets", "("),
    text("at signs by entity", "&#64;"),
    text("at signs between spaces", "a @ b "),
    text("percent signs", "%40%2e"),
    // Digits.
    text("digits", "1"),
    text("digits and spaces", "1 "),
    text("+1 ", "+1 "),
    text("+", "+"),
    text("(0)", "(0)"),
    text("0 (", "0("),
    text("groups of three", "020 "),
    text("numbers in a row", "020 7946 0123 "),
    text("numbers without a gap", "+442079460123"),
    text("numbers, all different", "+1 212 555 # "),
    text("labels and numbers", "Tel: 020 7946 # Fax: 020 7946 # "),
    text("labels alone", "Tel Fax Phone Telefon "),
    text("vanity numbers", "1-800-FLOWERS-# "),
    text("extensions", "020 7946 0123 ext 1 x 2 ext "),
    text("dates", "12.12.2012 12/12/2012 "),
    text("slashes", "020/7946/0123/"),
    text("hours", "Mon-Fri 9-5, "),
    text("prices", "£12.50 $100.00 "),
    // Addresses.
    text("postcodes", "AB1 2CD "),
    text("codes of five digits", "10115 Berlin "),
    text("codes of four digits", "1234 AB "),
    text("states and codes", "CA 90001 "),
    text("towns after commas", "1 High Street, Leeds, "),
    text("commas", ","),
    text("capitals and commas", "Aa, "),
    text("addresses in a row", "Acme Ltd, # High Street, Leeds, LS1 4AP. "),
    within("addresses in lines", "<p>", "Acme Ltd<br># High Street<br>Leeds<br>LS1 4AP<br>", ""),
    within("lines", "<p>", "a<br>", ""),
    within("towns in lines", "<p>", "Leeds<br>", ""),
    text("boxes", "PO Box # "),
    text("freepost", "Freepost "),
    text("legal forms", "Acme Ltd GmbH SARL "),
    text("countries", "United Kingdom, Germany, France, "),
    text("streets", "High Street "),
    text("capital words", "Aaaa Bbbb "),
    text("one endless word", "abcdefghij"),
    text("one endless word in capitals", "ABCDEFGHIJ"),
    // Prose.
    text("words", "the quick brown fox jumps over it "),
    text("sentences", "We will reply. You may write. "),
    text("complaints", "complaint complaints team ombudsman "),
    text("bodies", "Financial Ombudsman Service and the Legal Ombudsman "),
    text("names", "Jane Doe, Chief Executive Officer, Mr John Smith Director "),
    text("Step 1", "Step # contact us within 5 working days. "),
    within(
        "steps as headings",
        "<h1>How to complain</h1>",
        "<h2>Step #</h2><p>Call 020 7946 0123 within 8 weeks.",
        "",
    ),
    within(
        "a list of steps",
        "<h1>Complaints procedure</h1><ol>",
        "<li>Write to us at a#@b.example within 28 days",
        "",
    ),
    within("headings", "<body>", "<h2>Contact us #</h2>", ""),
    within(
        "headings of falling level",
        "<body>",
        "<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>",
        "",
    ),
    // Markup.
    within("nested tags", "<body>", "<div>", ""),
    within("nested inline tags", "<body>", "<b>", ""),
    within("nested tags with text", "<body>", "<div>a", ""),
    within("nested spans and ends of others", "<body>", "<span></b>", ""),
    within("unclosed paragraphs", "<body>", "<p>a", ""),
    within("unclosed links", "<body>", "<a href=x#>a", ""),
    within("links in an open link of blocks", "<body><a href=x>", "<div><a href=y#>", ""),
    within("links", "<body>", "<a href=\"/x#\">a</a> ", ""),
    within(
        "links to files far apart",
        "<body>",
        "<a href=\"https://a#.example/contact?x=#\">Contact us</a>",
        "",
    ),
    within(
        "icons",
        "<body>",
        "<a href=\"https://www.facebook.com/acme#\"><i class=\"fa fa-facebook\"></i></a>",
        "",
    ),
    within("tel: links", "<body>", "<a href=\"tel:+4420794601#\">020 7946 01#</a>", ""),
    within("tel: links in one paragraph", "<p>", "<a href=\"tel:020 7946 0123\">Call</a> ", ""),
    within("tel: links without text", "<body>", "<a href=\"tel:020#\"></a>", ""),
    within("mailto: links", "<body>", "<a href=\"mailto:a#@b.example?subject=x\">write</a>", ""),
    within("one endless mailto: link", "<a href=\"mailto:", "a#@b.example,", "\">x</a>"),
    within("one endless tel: link", "<a href=\"tel:", "020 7946 #;", "\">x</a>"),
    within("one endless attribute", "<a href=\"", "x/", "\">x</a>"),
    within("attributes", "<a ", "a#=b ", ">x</a>"),
    within("attributes without a value", "<a ", "a ", ">x</a>"),
    within("classes", "<div class=\"", "contact a# ", "\">x</div>"),
    within("unclosed tag", "<body>", "<a ", ""),
    within("less than", "<body>", "<", ""),
    within("end tags", "<body>", "</p>", ""),
    within("formatting never closed", "<body>", "<b><i><u><a>", ""),
    within("end tags that close nothing", "<body><div><div><div>", "</b></i></a></x>", ""),
    within("comments", "<body>", "<!-- a@b.example -->", ""),
    within("one endless comment", "<body><!--", "a@b.example ", ""),
    within("comment ends", "<body><!--", "--!- ", ""),
    within("a script never closed", "<body><script>", "var a='b'+'c';", ""),
    within("a title never closed", "<title>", "<p>020 7946 0123 ", ""),
    within("titles", "", "<title>a</title>", ""),
    within("entities", "<p>", "&amp;&#x41;&eacute;", ""),
    within("broken entities", "<p>", "&#&#x&a&", ""),
    within("no-break spaces", "<p>", "&nbsp;1", ""),
    within("a table", "<table>", "<tr><td>Tel</td><td>020 7946 0#</td></tr>", "</table>"),
    within("a table of one row", "<table><tr>", "<td>020 7946 0#</td>", "</table>"),
    within("a table of one column", "<table>", "<tr><td>a", "</table>"),
    within("tables in tables", "<body>", "<table><tr><td>", ""),
    within("wide and tall cells", "<table>", "<tr><td colspan=1000 rowspan=65534>a", "</table>"),
    within("tables", "<body>", "<table><tr><th>Tel<td>020 7946 0123</table>", ""),
    within("lists", "<body>", "<ul><li>", ""),
    within("list items", "<ul>", "<li>a# ", ""),
    within("terms", "<dl>", "<dt>Tel<dd>020 7946 0123", ""),
    within("forms", "<body>", "<form><textarea></textarea><input name=email></form>", ""),
    within("controls", "<form>", "<label for=a#>Your message</label><input id=a# name=email>", "</form>"),
    within("controls without a form", "<body>", "text <input name=email><textarea></textarea>", ""),
    within("controls after one line", "<p>", "word <input>", ""),
    within("options", "<select>", "<option>a#", ""),
    within("buttons", "<body>", "<button data-href=/x>Chat", ""),
    within("marks", "<div itemscope>", "<span itemprop=telephone>020 7946 0#</span>", ""),
    within(
        "nested marks",
        "<body>",
        "<div itemscope itemtype=\"https://schema.org/Organization\"><span itemprop=email>a@b.example",
        "",
    ),
    within("cards", "<body>", "<div class=\"vcard h-card\"><span class=\"tel p-tel\">020 7946 0123", ""),
    within("images of an at sign", "<p>", "a<img alt=@>b.example ", ""),
    within("meta", "<head>", "<meta name=a# content=b>", ""),
    within("foreign content", "<body>", "<svg><a>", ""),
    within("foreign content that breaks out", "<body><svg>", "<g><p>a<svg>", ""),
    within("hidden parts", "<body>", "<div hidden>020 7946 0123", ""),
    within("landmarks", "<body>", "<footer><nav>a", ""),
    within("preformatted lines", "<pre>", "Tel 020 7946 0123\n", ""),
    within("bold lines", "<p>", "<b>Contact</b><br>a<br>", ""),
    within("bold lines in a row", "<p>", "<b>Contact</b><br>", ""),
    // Data and scripts.
    within(
        "JSON-LD scripts",
        "<body>",
        "<script type=application/ld+json>{\"@type\":\"Organization\",\"telephone\":\"020 7946 0#\"}</script>",
        "",
    ),
    within(
        "one endless JSON-LD list",
        "<script type=application/ld+json>[",
        "{\"@type\":\"Organization\",\"@id\":\"#\",\"email\":\"a#@b.example\"},",
        "{}]</script>",
    ),
    within(
        "JSON-LD that refers in circles",
        "<script type=application/ld+json>{\"@graph\":[",
        "{\"@id\":\"a\",\"contactPoint\":{\"@id\":\"a\"}},",
        "{}]}</script>",
    ),
    within("deep JSON", "<script type=application/ld+json>", "{\"a\":[", "</script>"),
    within(
        "broken JSON-LD",
        "<script type=application/ld+json>{",
        "\"telephone\": \"020 7946 0123\" \"email\" ",
        "</script>",
    ),
    within("JSON-LD without end", "<script type=application/ld+json>", "\"{\\\"", ""),
    within(
        "String.fromCharCode",
        "<script>",
        "document.write(String.fromCharCode(97,64,98,46,99));",
        "</script>",
    ),
    within("nested String.fromCharCode", "<script>", "String.fromCharCode(", "</script>"),
    within(
        "one endless String.fromCharCode",
        "<script>document.write(String.fromCharCode(",
        "97,64,",
        "))</script>",
    ),
    within("concatenation", "<script>document.write(", "'a'+'@'+", "'b')</script>"),
    within("variables", "<script>", "var a#='a'+a;", "document.write(a)</script>"),
    within("one variable, set again and again", "<script>", "a='a@'+a+a;document.write(a);", "</script>"),
    within("atob", "<script>", "document.write(atob('YUBiLmV4YW1wbGU='));", "</script>"),
    within("quotes never closed", "<script>", "document.write('", "</script>"),
    within("scripts", "<body>", "<script>var x=#;</script>", ""),
    within("escapes", "<script>document.write('", "\\x40\\u0040", "')</script>"),
    within("base64", "<p>", "YUBiLmV4YW1wbGU", ""),
    within(
        "Cloudflare's form",
        "<body>",
        "<a class=__cf_email__ data-cfemail=543931142c7a313c35392438317a>x</a>",
        "",
    ),
    within("one endless payload", "<a data-cfemail=", "54", ">x</a>"),
    within("data attributes", "<body>", "<span data-user=a# data-domain=b.example>x</span>", ""),
    within("noscript", "<body>", "<noscript>a@b.example</noscript>", ""),
    // Letters.
    text("combining characters", "a\u{301}\u{302}"),
    text("combining characters alone", "\u{301}"),
    text("right to left", "\u{202e}\u{5d0}\u{5d1}020 7946 0123\u{202c} "),
    text("invisible characters", "\u{200b}\u{200d}"),
    text("invisible characters between digits", "1\u{200b}"),
    text("wide letters", "\u{ff41}\u{ff20}\u{ff42}\u{ff11}"),
    text("Chinese", "\u{6295}\u{8bc9}\u{7535}\u{8bdd}"),
    text("emoji", "\u{1f4de}\u{2706}\u{260e}"),
    text("capital sharp s and long letters", "\u{1e9e}\u{130}\u{149}\u{390}"),
    text("hyphens", "-\u{2010}\u{2013}\u{2014} "),
    text("quotes", "\u{201c}'\u{2019}\""),
    text("colons", "Tel:: a: "),
    text("bars", "a | b | 020 7946 0123 | "),
    text("addresses of the web", "https://a#.example/contact www.b.example "),
    text("handles", "@acme# "),
    within("lines of nothing", "<p>", "<br>", ""),
    within("white space", "<p>", " \n\t", "a"),
    within("NUL bytes", "<p>", "\0", ""),
];
