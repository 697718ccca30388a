//! Links as pages have them.

use url::Url;

use std::fmt::Write as _;

use super::*;
use crate::outline::from_html;

/// Draws the contacts found in a page of `https://www.acme.example/help`.
fn draw(html: &str) -> String {
    let url = Url::parse("https://www.acme.example/help").unwrap();
    let context = Context { url: Some(&url), ..Context::default() };
    let hits = find(&from_html(html), &context);
    hits.iter().map(|hit| hit.reach.to_string()).collect::<Vec<_>>().join("\n")
}

/// Checks a table of page bodies and what is to be found in them.
fn check(cases: &[(&str, &str)]) {
    let mut failed = String::new();
    for (html, expected) in cases {
        let found = draw(html);
        if found != *expected {
            let _ = write!(failed, "\n--- {html}\nwanted: {expected}\nfound:  {found}\n");
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn own_profiles_are_told_from_those_of_others() {
    check(&[
        (
            "<footer><a href='//www.facebook.com/AcmeUK?ref=ts'><i class='fa-facebook'></i></a>\
             <a href='https://x.com/acme'><svg></svg></a></footer>",
            "social https://www.facebook.com/AcmeUK\nsocial https://x.com/acme",
        ),
        (
            "<p><a href='https://www.facebook.com/sharer.php?u=x'>Share on Facebook</a> \
             <a href='https://twitter.com/intent/tweet?text=x'>Tweet</a></p>",
            "",
        ),
        (
            "<p>Our reporter interviewed the author of a book on wells, <a href='https://twitter.com/janedoe'>Jane Doe</a>, \
             who has written about water for many years and lives near the sea with two dogs, a cat and a parrot that can \
             whistle, and who has promised to write again next year about the things that she has seen in the meantime.</p>",
            "",
        ),
        (
            "<p>Ask us via <a href='https://twitter.com/acmehelp'>Twitter</a>.</p>",
            "social https://twitter.com/acmehelp",
        ),
        (
            "<p>Follow us: www.facebook.com/acme.home and more</p>",
            "social https://www.facebook.com/acme.home",
        ),
        (
            "<footer><a href='https://facebook.com'>f</a><a href='https://www.facebook.com/wordpress'>f</a></footer>",
            "",
        ),
        (
            "<link rel=me href='https://town.example/@acme'><footer><a rel=me href='https://town.example/@acme'>M</a></footer>",
            "social https://town.example/@acme",
        ),
        (
            "<footer><a href='https://www.youtube.com/user/acme'>YouTube</a></footer><p>Follow us on \
             <a href='https://youtube.com/user/Acme/videos?view=0'>YouTube</a></p>",
            "social https://www.youtube.com/user/acme",
        ),
    ]);
}

#[test]
fn a_form_to_write_in_is_told_from_other_forms() {
    let page = "form https://www.acme.example/help";
    check(&[
        (
            "<h1>Contact us</h1><form id=contact><input name=name><input type=email name=email><textarea name=message>\
             </textarea><button>Send</button></form>",
            page,
        ),
        (
            "<h2>Beschwerde</h2><form><label>Name<input name=f1></label><label>E-Mail<input type=email name=f2></label>\
             <label>Ihre Nachricht<textarea name=f3></textarea></label><input type=submit value=Absenden></form>",
            page,
        ),
        ("<form action=/search><input name=q><button>Search</button></form>", ""),
        ("<form class=newsletter><input type=email name=email><button>Subscribe</button></form>", ""),
        ("<form id=login><input name=email type=email><input type=password name=p></form>", ""),
        (
            "<h3>Leave a reply</h3><form id=commentform action=/wp-comments-post.php><textarea name=comment></textarea>\
             <input name=author><input name=email></form>",
            "",
        ),
        (
            "<h2>Get a quote</h2><form><input name=name><input name=email type=email><textarea name=project></textarea>\
             <input type=submit value='Get a quote'></form>",
            "",
        ),
        (
            "<h1>Complaints</h1><iframe src='https://form.jotform.com/123' title='Complaint form'></iframe>",
            page,
        ),
    ]);
}

#[test]
fn a_link_is_a_form_only_where_it_says_so() {
    check(&[
        (
            "<p>Use our <a href=/complaint>online complaints form</a>.</p>",
            "form https://www.acme.example/complaint",
        ),
        (
            "<p><a href=/f.pdf>Download the complaint form (PDF)</a></p>",
            "form https://www.acme.example/f.pdf",
        ),
        (
            "<p>Online form: <a href='https://acme.example/c'>www.acme.example/c</a></p>",
            "form https://acme.example/c",
        ),
        (
            "<p><a href=/kontaktformular>Zum Kontaktformular</a></p>",
            "form https://www.acme.example/kontaktformular",
        ),
        (
            "<p>Remplissez notre <a href=/r>formulaire de réclamation</a></p>",
            "form https://www.acme.example/r",
        ),
        (
            "<h2>Contact</h2><p>Een <a href=/vraag>formulier</a> invullen.</p>",
            "form https://www.acme.example/vraag",
        ),
        ("<p>Compila il <a href=/m>modulo di reclamo</a></p>", "form https://www.acme.example/m"),
        ("<nav><a href=/contact>Contact us</a></nav><p><a href=/email>Email us</a></p>", ""),
        ("<p>Request a donation: <a href=/d.pdf>Complete this form</a></p>", ""),
        ("<p><a href=/claims>Download a claim form</a> <a href=/info>More information</a></p>", ""),
        ("<p><a href=/w.pdf>Muster-Widerrufsformular</a></p>", ""),
    ]);
}

#[test]
fn chats_and_talks_are_what_a_reader_can_open() {
    check(&[
        ("<p><a href=/chat>Chat with us</a> from 9 to 5</p>", "chat https://www.acme.example/chat"),
        ("<button onclick='openChat()' class=x>Live chat</button>", ""),
        ("<p><a href='#' class=open-chat>Start live chat</a></p>", "chat https://www.acme.example/help"),
        (
            "<p><a href='https://tawk.to/chat/5f/default'><img alt='Talk now' src=x></a></p>",
            "chat https://tawk.to/chat/5f/default",
        ),
        (
            "<p><a href=/livezilla/chat.php?a=1><img alt='Talk now' src=x></a></p>",
            "chat https://www.acme.example/livezilla/chat.php?a=1",
        ),
        (
            "<p><a href=/cinema-chat>Cinema Chat</a> <a href=/fireside>Fireside chat with our founder</a></p>",
            "",
        ),
        ("<script src='https://widget.chatmaker.example/w.js'></script>", ""),
        ("<p><a href='https://wa.me/447700900123'>WhatsApp</a></p>", "messaging +447700900123"),
    ]);
}

#[test]
fn sites_of_outside_bodies_are_told_from_other_sites() {
    check(&[
        (
            "<p>You may refer it to the Widget Ombudsman at <a href='https://www.widget-resolver.example/'>their site</a>.</p>",
            "web https://www.widget-resolver.example/",
        ),
        (
            "<h2>Schlichtungsstelle</h2><p>Wenden Sie sich an die Verbraucherschlichtungsstelle, \
             <a href='https://www.stelle.example'>www.stelle.example</a></p>",
            "web https://www.stelle.example/",
        ),
        (
            "<p>Plateforme: <a href='https://ec.europa.eu/consumers/odr/'>https://ec.europa.eu/consumers/odr/</a></p>",
            "web https://ec.europa.eu/consumers/odr/",
        ),
        (
            "<p>We are regulated by the Gaming Commission of Somewhere (GCS).</p><p>Contact: \
             <a href='https://www.gcs.example/contact'>gcs.example/contact</a></p>",
            "web https://gcs.example/contact",
        ),
        (
            "<p>The Widget Ombudsman: <a href='https://www.widgetbody.example/'>www.widgetbody.test</a></p>",
            "web https://www.widgetbody.example/",
        ),
        (
            "<p>The Commission takes reports: <a href='https://www.gov.example.gov/complain-about-widgets'>this link</a> \
             or <a href='https://www.gov.example.gov/pay-a-fine'>pay a fine</a></p>",
            "web https://www.gov.example.gov/complain-about-widgets",
        ),
        ("<p>Our partner <a href='https://partner.example'>Partner</a> ships your order.</p>", ""),
        (
            "<p>Regulated by the Pharmacy Regulator, <a href='https://reg.example/registers/123'>123</a></p>",
            "",
        ),
        (
            "<p>Authorised and regulated by the Financial Conduct Authority. For more visit www.fca-body.example today</p>",
            "web http://www.fca-body.example/",
        ),
    ]);
}
