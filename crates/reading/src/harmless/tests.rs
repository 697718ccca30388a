use super::*;

/// Every element and attribute that may be in a harmless page, and how its text is escaped: nothing else may be there.
fn holds_nothing_active(html: &str) {
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or_else(|| panic!("an open tag: {piece}"));
        let name = tag.trim_start_matches('/').split(' ').next().unwrap();
        let ours = ["img", "mark"].contains(&name)
            || names::element(name.as_bytes()).is_some_and(|known| known.to == name);
        assert!(ours, "<{tag}>");
        let mut rest = tag.strip_prefix(name).unwrap_or_default();
        while let Some((attribute, after)) = rest.trim_start().split_once("=\"") {
            let (value, after) = after.split_once('"').unwrap();
            let attribute = attribute.trim_start_matches("open ").trim();
            let ok = match attribute {
                "colspan" | "rowspan" | "dir" | "lang" | "alt" => true,
                "src" => names::is_own_picture(value),
                "class" => value == "picture",
                "id" => value == "quote",
                _ => false,
            };
            assert!(ok, "{attribute}={value} in <{tag}>");
            rest = after;
        }
        assert!(matches!(rest.trim(), "" | "open"), "{rest} in <{tag}>");
    }
}

#[test]
fn nothing_that_acts_is_left_of_a_page() {
    for attack in [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<img src=https://evil.example/pixel.gif alt='a &quot;picture&quot; <b>'>",
        "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
        "<img src='data:image/png;base64,AAAA\" onload=\"x'>",
        "<picture><source srcset='//evil.example/a'><img srcset='//evil.example/b'></picture>",
        "<svg onload=alert(1)><script>1</script><a xlink:href='javascript:1'><text>x</text></a></svg>",
        "<math><mtext></mtext><annotation-xml encoding='text/html'><style><img src=x onerror=1></style></annotation-xml></math>",
        "<svg><style><!--</style><img title='--&gt;&lt;img src=x onerror=1&gt;'></svg>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>words</noscript>",
        "<noscript><meta http-equiv=refresh content='0;url=//evil.example'><link rel=dns-prefetch href=//evil.example></noscript>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "<base href=https://evil.example/><a href=x target=_top>away</a>",
        "<iframe src=https://evil.example/ srcdoc='<script>1</script>'>inner</iframe>",
        "<form action=https://evil.example/><input name=a autofocus onfocus=1><button formaction=//evil.example>go</button></form>",
        "<link rel=stylesheet href=//evil.example/a.css><link rel=preconnect href=//evil.example>",
        "<style>@import '//evil.example/a.css'; body{background:url(//evil.example/b)}</style>",
        "<p style='background:url(//evil.example/c)' onclick=1 id=quote class=x>words</p>",
        "<object data=//evil.example></object><embed src=//evil.example><applet code=x></applet>",
        "<video src=//evil.example autoplay poster=//evil.example></video><audio src=//evil.example autoplay></audio>",
        "<textarea></textarea><script>1</script>",
        "<title></title><script>1</script><title><img src=x onerror=1></title>",
        "<template><script>1</script></template><plaintext><script>1</script>",
        "<table background=//evil.example><td background=//evil.example colspan='2\" onclick=\"1'>x</table>",
        "<a href='jav&#x09;ascript:alert(1)'>x</a><area href=//evil.example><map name=x>",
        "<p lang='en\" onmouseover=\"1'>x</p><details ontoggle=1 open=x><summary>y</summary>z</details>",
        "<input type=image src=//evil.example><input type=submit value='<script>1</script>'>",
        "<!--><script>1</script>--><![CDATA[<script>1</script>]]><?php <script>1</script> ?>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;b&gt;",
        "<frameset><frame src=//evil.example></frameset><body onload=1 background=//evil.example>",
        "<script",
        "<p title=\"",
    ] {
        let made = page(attack);
        let html = made.html(made.find("words"));
        holds_nothing_active(&html);
        assert!(!html.contains("evil.example"), "{attack}\n{html}");
    }
}

#[test]
fn the_words_are_marked_across_elements_spaces_and_case() {
    let made = page(
        "<title>Help &amp; more</title><h1>Contact</h1><p>Call&nbsp;our <b>Complaints</b> team:\n  <a href='tel:1'>020 7946 0123</a>, free.</p>",
    );
    assert_eq!(made.title, "Help & more");
    let found = made.find("… our complaints team: 020 7946 0123 …");
    assert_eq!(
        made.html(found),
        "<h1>Contact</h1><p>Call\u{a0}<mark id=\"quote\">our</mark> <b><mark>Complaints</mark></b> <mark>team:</mark>\n  \
         <span><mark>020 7946 0123</mark></span>, free.</p>"
    );
    let lines = made.lines(found);
    assert_eq!(lines.len(), 2);
    let marked: String = lines[1].iter().filter(|run| run.marked).map(|run| run.text.as_str()).collect();
    assert_eq!(marked, "ourComplaintsteam:020 7946 0123");
    let whole: String = lines[1].iter().map(|run| run.text.as_str()).collect();
    assert_eq!(whole, "Call\u{a0}our Complaints team:\n  020 7946 0123, free.");
}

#[test]
fn a_quote_with_something_left_out_is_found_by_its_longest_piece_and_another_is_not_found() {
    let made = page("<p>Write to the directors at 1 Low Road. We answer within eight weeks.</p>");
    let found = made.find("Write to … answer within eight weeks").unwrap();
    assert!(made.html(Some(found)).contains("<mark id=\"quote\">answer within eight weeks</mark>"));
    for words in ["", "…", "  ", "write to the chairman", "a…b"] {
        assert_eq!(made.find(words), None, "{words}");
    }
}

#[test]
fn what_only_the_code_says_is_shown_as_code() {
    let source = "<html><script type='application/ld+json'>{\"telephone\": \"+44 20 7946 0123\"}</script><p>Nothing here</p>";
    let made = page(source);
    assert_eq!(made.find("+44 20 7946 0123"), None);
    let (excerpt, found) = code(source, "+44 20 7946 0123").unwrap();
    let html = excerpt.html(Some(found));
    assert!(html.contains("<mark id=\"quote\">+44 20 7946 0123</mark>"), "{html}");
    assert!(html.contains("&lt;script type="), "{html}");
    assert!(code(source, "something else").is_none());
}

#[test]
fn what_is_for_browsers_without_scripts_is_read_and_pictures_of_its_own_stay() {
    let made = page(
        "<noscript><p>Call <b>us</b></p></noscript><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt='a dot'>",
    );
    assert_eq!(
        made.html(None),
        "<p>Call <b>us</b></p><img src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\" alt=\"a dot\">"
    );
}

#[test]
fn what_is_left_open_for_browsers_without_scripts_ends_with_it() {
    for open in ["<iframe src=//tags.example>", "<svg><path>", "<title>Tags", "<style>p{}"] {
        let made = page(&format!("<noscript>{open}</noscript><p>Complaints: +44 20 7946 0123</p>"));
        assert_eq!(made.html(None), "<p>Complaints: +44 20 7946 0123</p>", "{open}");
    }
}

#[test]
fn a_long_page_is_cut_and_says_so() {
    let made = page(&"<p>words and words</p>".repeat(600_000));
    assert!(made.cut && made.html(None).len() < MOST_MADE * 2);
    assert_eq!(text("one\n<two>").html(None), "<p>one</p><p>&lt;two&gt;</p>");
}
