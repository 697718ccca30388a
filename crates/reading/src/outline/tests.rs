//! What the outline promises, shown on small pages.

use std::fmt::Write as _;

use super::*;

/// Draws the blocks of an outline, one a line: kind, place, heading and text.
fn draw(outline: &Outline) -> String {
    let mut picture = String::new();
    for (id, block) in outline.blocks.iter().enumerate() {
        let kind = match block.kind {
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Item { depth, ordinal } => {
                format!("li{depth}{}", ordinal.map(|n| format!("#{n}")).unwrap_or_default())
            }
            BlockKind::Cell { table, row, column, header } => {
                format!("{}{table}:{row},{column}", if header { "th" } else { "td" })
            }
            BlockKind::Term => "dt".to_owned(),
            BlockKind::Definition => "dd".to_owned(),
        };
        let place = match block.place {
            Place::Main => String::new(),
            place => format!(" {place:?}"),
        };
        let heading = block.heading.map(|h| format!(" <{h}")).unwrap_or_default();
        let flags = [(block.hidden, " hidden"), (block.in_address, " address")];
        let flags: String = flags.iter().filter(|(on, _)| *on).map(|(_, word)| *word).collect();
        let _ = writeln!(picture, "{id} {kind}{place}{heading}{flags} {:?}", outline.block_text(id));
    }
    picture
}

#[test]
fn inline_elements_join_and_blocks_part() {
    let page = from_html(
        "<p>Call <b>020</b> <i>7946</i> <span>00</span><span>00</span><br>or <em>write</em></p>\
         <div>in<b>fo</b>@acme<span style='display:none'>no-spam</span>.example</div>text&nbsp;after<td>cell",
    );
    insta::assert_snapshot!(draw(&page), @r#"
    0 p "Call 020 7946 0000\nor write"
    1 p "info@acme.example"
    2 p "text after"
    3 p "cell"
    "#);
}

#[test]
fn a_block_knows_its_headings_and_landmark() {
    let page = from_html(
        "<header class=site-header><a href=/>Acme</a><nav><a href=/c>Contact</a></nav></header>
         <main><h1>Contact</h1><p>Intro</p><h2>Complaints</h2><p>Write to us
         <section><h3>By post</h3><p>1 High Street</section><p>After
         <p><strong>Head office</strong></p><p>2 Low Street</p>
         <dl><dt>Phone<dd>020 7946 0001<dt>Fax<dd>020 7946 0002</dl></main>
         <div id=footer><h4>Visit</h4><p>Shop</p></div><p>End",
    );
    insta::assert_snapshot!(draw(&page), @r#"
    0 p Header "Acme"
    1 p Nav "Contact"
    2 h1 "Contact"
    3 p <2 "Intro"
    4 h2 <2 "Complaints"
    5 p <4 "Write to us"
    6 h3 <4 "By post"
    7 p <6 "1 High Street"
    8 p <4 "After"
    9 h7 <4 "Head office"
    10 p <9 "2 Low Street"
    11 dt <9 "Phone"
    12 dd <11 "020 7946 0001"
    13 dt <9 "Fax"
    14 dd <13 "020 7946 0002"
    15 h4 Footer "Visit"
    16 p Footer <15 "Shop"
    17 p <4 "End"
    "#);
}

#[test]
fn a_bold_line_works_as_a_heading_and_a_bold_label_does_not() {
    let page = from_html(
        "<p><b>London office</b><br>1 High St<br>London<br><br><b>Leeds office</b><br>2 Low St</p>
         <p><b>Phone:</b> 020 7946 0003<br><b>Email:</b><br>a@acme.example</p><p><b>020 7946 0004</b></p>",
    );
    insta::assert_snapshot!(draw(&page), @r#"
    0 h7 "London office"
    1 p <0 "1 High St\nLondon"
    2 h7 "Leeds office"
    3 p <2 "2 Low St"
    4 p <2 "Phone: 020 7946 0003\nEmail:\na@acme.example"
    5 p <2 "020 7946 0004"
    "#);
}

#[test]
fn cells_know_row_column_and_header() {
    let page = from_html(
        "<table><tr><th>Level<th colspan=2>Who<tr><td rowspan=2>1<td>Team<td>team@acme.example<tr><td>Lead<td>lead@acme.example</table>
         <table><tr><td>Stage<td>Contact<tr><td>One<td>one@acme.example</table>
         <table><tr><td>Phone<td>020 7946 0005<tr><td>Email<td>x@acme.example</table>
         <table><tr><td><p>Only layout<p>more</table>",
    );
    insta::assert_snapshot!(draw(&page), @r#"
    0 th0:0,0 "Level"
    1 th0:0,1 "Who"
    2 td0:1,0 "1"
    3 td0:1,1 "Team"
    4 td0:1,2 "team@acme.example"
    5 td0:2,1 "Lead"
    6 td0:2,2 "lead@acme.example"
    7 th1:0,0 "Stage"
    8 th1:0,1 "Contact"
    9 th1:1,0 "One"
    10 td1:1,1 "one@acme.example"
    11 th2:0,0 "Phone"
    12 td2:0,1 "020 7946 0005"
    13 th2:1,0 "Email"
    14 td2:1,1 "x@acme.example"
    15 p "Only layout"
    16 p "more"
    "#);
}

#[test]
fn lists_count_and_nest() {
    let page = from_html(
        "<ol start=3><li>Three<ul><li>inner<p>more</ul><li><strong>Four</strong><p>text<li value=9>Nine</ol>",
    );
    insta::assert_snapshot!(draw(&page), @r#"
    0 li1#3 "Three"
    1 li2 "inner"
    2 p "more"
    3 li1#4 "Four"
    4 p <3 "text"
    5 li1#9 "Nine"
    "#);
}

#[test]
fn links_carry_their_words_or_those_of_their_icon() {
    let page = from_html(
        "<p>Or <a href='/complain' rel=NoFollow>complain <b>here</b></a>.</p><ul><li><a href=https://x.com/acme class=soc><i class='fa fa-x'></i></a>
         <li><a href=tel:+442079460006 aria-label='Call us'><svg><title>Phone</title><use href='#phone'/></svg></a></ul>
         <a href=/card><div>Card</div><div>text</div></a><iframe src=/map title=Map>no</iframe>
         <button onclick=\"window.location.href='/claim'\">Claim</button><div data-href=/x>Go</div>
         <a class=__cf_email__ data-cfemail=0102 href=/cdn-cgi/l/email-protection>[email&#160;protected]</a>
         <p>Mail <span data-cfemail=0304>x</span>",
    );
    let mut picture = String::new();
    for link in &page.links {
        let _ = writeln!(
            picture,
            "{} {:?} block {:?} {:?} title {:?} class {:?} {:?}",
            link.href,
            link.kind,
            link.block,
            page.link_text(link),
            link.title,
            link.class,
            link.protected
        );
    }
    insta::assert_snapshot!(picture, @r##"
    /complain Anchor block Some(0) "complain here" title None class None None
    https://x.com/acme Anchor block Some(0) "" title None class Some("soc fa fa-x") None
    tel:+442079460006 Anchor block Some(0) "" title Some("Call us") class Some("#phone") None
    /card Anchor block Some(1) "Card\ntext" title None class None None
    /map Frame block Some(3) "" title Some("Map") class None None
    /claim Button block Some(3) "Claim" title None class None None
    /x Button block Some(4) "Go" title None class None None
    /cdn-cgi/l/email-protection Anchor block Some(5) "[email protected]" title None class Some("__cf_email__") Some("0102")
    "##);
    insta::assert_debug_snapshot!(page.protected, @r#"
    [
        (
            "0304",
            6,
            59,
        ),
    ]
    "#);
}

#[test]
fn controls_have_their_labels() {
    let page = from_html(
        "<h2>Complain</h2><form id=f action=/send class=contact><input type=hidden name=t><label for=n>Your name</label><input id=n>
         <label>Email <input type=email name=e></label><textarea name=m placeholder=Message></textarea>
         <select name=topic><option>Billing<option>Other</select><button>Send it</button></form>",
    );
    insta::assert_debug_snapshot!(page.forms, @r#"
    [
        Form {
            action: Some(
                "/send",
            ),
            names: "f contact",
            controls: [
                Control {
                    element: "input",
                    kind: "text",
                    name: "n",
                    label: "Your name",
                },
                Control {
                    element: "input",
                    kind: "email",
                    name: "e",
                    label: "Email",
                },
                Control {
                    element: "textarea",
                    kind: "textarea",
                    name: "m",
                    label: "Message",
                },
                Control {
                    element: "select",
                    kind: "select",
                    name: "topic",
                    label: "",
                },
                Control {
                    element: "button",
                    kind: "submit",
                    name: "",
                    label: "Send it",
                },
            ],
            blocks: 1..4,
            heading: Some(
                0,
            ),
            place: Main,
        },
    ]
    "#);
    insta::assert_snapshot!(draw(&page), @r#"
    0 h2 "Complain"
    1 dt <0 "Your name"
    2 dt <0 "Email"
    3 p <0 "Send it"
    "#);
}

#[test]
fn what_swallows_the_page_is_salvaged() {
    for (page, title) in [
        ("<title>Contact us\n<body><p>Call 020 7946 0007", "Contact us"),
        ("<title>T</title><script>var a = 1;\n</head><body><p>Call 020 7946 0007", "T"),
        ("<title>T</title><!-- never closed <p>Call 020 7946 0007", "T"),
        ("<title>T</title><textarea><p>Call 020 7946 0007", "T"),
    ] {
        let outline = from_html(page);
        assert!(outline.salvaged, "{page}");
        assert_eq!(outline.title, title, "{page}");
        assert!(outline.text.contains("Call 020 7946 0007"), "{page}: {:?}", outline.text);
    }
    assert!(!from_html("<title>T</title><!-- closed --><p>x</p><!-- end -->").salvaged);
}

#[test]
fn what_no_reader_sees_is_kept_apart() {
    let page = from_html(
        "<head><noscript><p>Enable scripts now</p></noscript></head><body><!-- old address a@acme.example --><p>Seen</p>
         <div hidden><p>Later</div><template><p>Never</template><style>p{}</style><noscript><p>Mail a@acme.example</noscript>",
    );
    insta::assert_snapshot!(draw(&page), @r#"
    0 p "Seen"
    1 p hidden "Later"
    2 p hidden "Mail a@acme.example"
    "#);
    insta::assert_debug_snapshot!(page.unseen, @r#"
    [
        "Enable scripts now",
        "old address a@acme.example",
    ]
    "#);
}

#[test]
fn foreign_content_neither_swallows_nor_shows() {
    let page = from_html(
        "<p>a<svg><title>T</title><style>x</style><text>drawn</text></svg>b</p><svg><p>out<svg/><p>c",
    );
    insta::assert_snapshot!(draw(&page), @r#"
    0 p "a drawn b"
    1 p "out"
    2 p "c"
    "#);
    assert_eq!(page.title, "");
}

#[test]
fn marks_nest_and_give_values() {
    let page = from_html(
        "<div itemscope itemtype=https://schema.org/Organization><span itemprop=name>Acme</span><meta itemprop=telephone content='020 7946 0008'>
         <div itemprop=address itemscope itemtype=https://schema.org/PostalAddress><span itemprop=streetAddress>1 High St</span></div></div>
         <div class='p-4 vcard'><span class='fn mt-2'>Jo</span><span class=p-4>x</span></div><p class=title>no",
    );
    let picture: Vec<_> = page
        .marked
        .iter()
        .map(|m| format!("{} {:?} {:?} {:?}", m.depth, m.names, m.value, &page.text[m.text.clone()]))
        .collect();
    insta::assert_snapshot!(picture.join("\n"), @r#"
    0 [(ItemType, "https://schema.org/Organization")] None "Acme\n1 High St"
    1 [(ItemProp, "name")] None "Acme"
    1 [(ItemProp, "telephone")] Some("020 7946 0008") ""
    1 [(ItemProp, "address"), (ItemType, "https://schema.org/PostalAddress")] None "1 High St"
    2 [(ItemProp, "streetAddress")] None "1 High St"
    0 [(Class, "vcard")] None "Jox"
    1 [(Class, "fn")] None "Jo"
    "#);
}

#[test]
fn a_plain_text_has_headings_items_and_cells() {
    let text = from_text(
        "Complaints procedure\n\nWe want to know when something goes wrong, so please tell us about it as soon as you can.\n\nStage one\n\
         Please write to our team, who will look into the matter and answer you.\n1. Tell us\n2. Wait for us\n  - inner\n\n\
         Level | Who | Contact\n1 | Team | team@acme.example\n\nAcme Ltd\n1 High Street\nLondon\x0cPage two",
    );
    insta::assert_snapshot!(draw(&text), @r#"
    0 h1 "Complaints procedure"
    1 p <0 "We want to know when something goes wrong, so please tell us about it as soon as you can."
    2 h3 <0 "Stage one"
    3 p <2 "Please write to our team, who will look into the matter and answer you."
    4 li1#1 <2 "Tell us"
    5 li1#2 <2 "Wait for us"
    6 li2 <2 "inner"
    7 th0:0,0 <2 "Level"
    8 th0:0,1 <2 "Who"
    9 th0:0,2 <2 "Contact"
    10 td0:1,0 <2 "1"
    11 td0:1,1 <2 "Team"
    12 td0:1,2 <2 "team@acme.example"
    13 p <2 "Acme Ltd"
    14 p <2 "1 High Street"
    15 p <2 "London"
    16 p <2 "Page two"
    "#);
}

#[test]
fn no_soup_panics() {
    for page in [
        "",
        "<",
        "<a",
        "</",
        "<table><tr><td><table><td></table></td><div></table>x",
        "<svg><foreignObject><p><svg></p></foreignObject></svg>x",
        "<a href=x><a href=y></a></a></b></p>",
        "<select><option><p>x</select>",
        "<form><div></form></div><form>x",
        "<label><label></label><input></label>",
        "<!-->x<!--->y<!---->z<!--",
        "<title",
        "<p data-cfemail=1>",
        "<br><br><a href=x></a><br>",
        "é<é>é</é>&é;",
        "<b><p></b>x</p></b><i><table></i></table>",
    ] {
        let outline = from_html(page);
        for id in 0..outline.blocks.len() {
            assert!(!outline.block_text(id).is_empty(), "{page}");
            assert_eq!(outline.block_at(outline.blocks[id].range.start), Some(id), "{page}");
        }
        for link in &outline.links {
            let _ = outline.link_text(link);
            assert!(link.block.is_none_or(|block| block < outline.blocks.len()), "{page}");
        }
    }
}
