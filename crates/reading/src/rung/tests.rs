//! The rules held to their examples, and snippets in six languages held to their rungs.

use ladder::{Channel, Reach, rung};

use super::*;
use crate::outline::{Outline, from_html};

/// Makes the hit of a value as printed in an outline; an attribute `data-kind` or `data-role` stands for the extractor.
fn hit_of(outline: &Outline, html: &str, value: &str) -> Hit {
    if value.starts_with("https://") {
        let link = outline.links.iter().position(|l| l.href == value).unwrap();
        return Hit::on_link(outline, Reach::parse(Channel::Form, value).unwrap(), link);
    }
    let attribute = |name: &str| {
        let from = html.find(name)? + name.len() + 2;
        Some(html[from..].split('"').next().unwrap().to_owned())
    };
    let reach = if value.contains('@') {
        Reach::parse(Channel::Email, value).unwrap()
    } else if value.contains(',') {
        Reach::parse(Channel::Postal, value).unwrap()
    } else {
        let number = format!("+44{}", value.replace(' ', "").trim_start_matches('0'));
        let channel = attribute("data-channel").map_or(Channel::Phone, |id| Channel::from_id(&id).unwrap());
        Reach::parse(channel, &number).unwrap()
    };
    let start = outline.text.find(value).unwrap_or_else(|| panic!("`{value}` is not in {:?}", outline.text));
    let block = outline.block_at(start).unwrap();
    let hit = Hit::in_text(outline, reach, block, start..start + value.len());
    Hit { label: attribute("data-kind"), title: attribute("data-role"), ..hit }
}

/// Returns every mailbox of an example as hits, so that the page looks as it would.
fn hits_of(outline: &Outline, html: &str, value: &str) -> Vec<Hit> {
    let mut hits = vec![hit_of(outline, html, value)];
    for word in outline.text.split_whitespace().filter(|w| w.contains('@')) {
        let word = word.trim_end_matches(['.', ',']);
        if word != value {
            hits.push(hit_of(outline, html, word));
        }
    }
    hits
}

#[test]
fn every_rule_takes_and_refuses_its_examples() {
    for rule in signals::ALL {
        for (example, takes) in [(&rule.takes, true), (&rule.refuses, false)] {
            let outline = from_html(example.html);
            let context = Context::default();
            let hits = hits_of(&outline, example.html, example.value);
            let page = Surroundings::new(&outline, &context, &hits);
            let mut votes = weigh::Votes::default();
            (rule.look)(&page.of(&hits[0]), &mut votes);
            let spoke = votes.0.iter().any(|v| rung::spelled(v.rung) == example.rung && v.weight >= 0.5);
            assert_eq!(spoke, takes, "{}: {}\n{votes:?}", rule.id, example.html);
            assert!(votes.0.iter().all(|v| v.id == rule.id), "{} votes under another name", rule.id);
        }
        assert!(!rule.claim.is_empty() && !rule.why.is_empty());
    }
}

#[test]
fn every_rule_has_an_id_of_its_own() {
    let mut ids: Vec<&str> = signals::ALL.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), signals::ALL.len());
}

/// Styles of firms in six languages, all made up.
#[test]
fn teams_are_known_in_six_languages() {
    let cases = [
        (
            "<h2>Guest Relations</h2><p>If your stay went wrong, call 020 7946 0101</p>",
            "020 7946 0101",
            "complaints",
        ),
        (
            "<p>Write to our Customer Relations Manager if you remain unhappy: crm@acme.example</p>",
            "crm@acme.example",
            "management",
        ),
        ("<p>Office of the President: 020 7946 0102</p>", "020 7946 0102", "executive"),
        ("<p>Executive Customer Relations 020 7946 0103</p>", "020 7946 0103", "executive"),
        ("<h2>Executive Health Program</h2><p>020 7946 0104</p>", "020 7946 0104", "front_line"),
        ("<h3>Cinema Chat</h3><p>020 7946 0105</p>", "020 7946 0105", "front_line"),
        ("<p>Jo Roe, Sales Executive, 020 7946 0106</p>", "020 7946 0106", "off_ladder"),
        (
            "<table><tr><th>Lost property</th><td>020 7946 0107</td></tr></table>",
            "020 7946 0107",
            "specialist",
        ),
        ("<p>Report suspected fraud on 020 7946 0108.</p>", "020 7946 0108", "specialist"),
        ("<p>Data Protection Officer: dpo@acme.example</p>", "dpo@acme.example", "specialist"),
        ("<h2>Media enquiries</h2><p>020 7946 0109</p>", "020 7946 0109", "off_ladder"),
        ("<p>Investor relations: ir@acme.example</p>", "ir@acme.example", "off_ladder"),
        (
            "<h2>Work with us</h2><p>Send your CV to talent@acme.example</p>",
            "talent@acme.example",
            "off_ladder",
        ),
        ("<p>General enquiries: 020 7946 0110</p>", "020 7946 0110", "front_line"),
        ("<p>Billing and payments 020 7946 0111</p>", "020 7946 0111", "specialist"),
        (
            "<p>Registered office: Acme Ltd, 1 High Street, Anytown</p>",
            "Acme Ltd, 1 High Street, Anytown",
            "legal",
        ),
        ("<p>Contact your team leader on 020 7946 0112</p>", "020 7946 0112", "supervisor"),
        ("<h2>Principal Nodal Officer</h2><p>pno@acme.example</p>", "pno@acme.example", "management"),
        ("<h2>Grievance Officer</h2><p>020 7946 0113</p>", "020 7946 0113", "complaints"),
        ("<p>Write to the Managing Director at md@acme.example</p>", "md@acme.example", "executive"),
        (
            "<p>For problems with this website: webmaster@acme.example</p>",
            "webmaster@acme.example",
            "off_ladder",
        ),
        (
            "<h2>Beschwerdemanagement</h2><p>beschwerde@muster.example</p>",
            "beschwerde@muster.example",
            "complaints",
        ),
        ("<p>Reklamationen: 020 7946 0114</p>", "020 7946 0114", "complaints"),
        ("<p>Kundenservice: 020 7946 0115</p>", "020 7946 0115", "front_line"),
        ("<p>Pressestelle: 020 7946 0116</p>", "020 7946 0116", "off_ladder"),
        ("<p>Vorstandssekretariat: 020 7946 0117</p>", "020 7946 0117", "executive"),
        ("<p>Datenschutzbeauftragter: 020 7946 0118</p>", "020 7946 0118", "specialist"),
        ("<h2>Bewerbungen</h2><p>jobs@muster.example</p>", "jobs@muster.example", "off_ladder"),
        ("<p>Vos réclamations : 020 7946 0119</p>", "020 7946 0119", "complaints"),
        ("<p>Service client : 020 7946 0120</p>", "020 7946 0120", "front_line"),
        ("<p>Direction générale : 020 7946 0121</p>", "020 7946 0121", "executive"),
        ("<p>Service de presse : 020 7946 0122</p>", "020 7946 0122", "off_ladder"),
        ("<p>Délégué à la protection des données : 020 7946 0123</p>", "020 7946 0123", "specialist"),
        ("<p>Quejas y reclamaciones: 020 7946 0124</p>", "020 7946 0124", "complaints"),
        ("<p>Atención al cliente: 020 7946 0125</p>", "020 7946 0125", "front_line"),
        ("<p>Recursos humanos: 020 7946 0126</p>", "020 7946 0126", "off_ladder"),
        ("<p>Ufficio reclami: 020 7946 0127</p>", "020 7946 0127", "complaints"),
        ("<p>Servizio clienti: 020 7946 0128</p>", "020 7946 0128", "front_line"),
        ("<p>Ufficio stampa: 020 7946 0129</p>", "020 7946 0129", "off_ladder"),
        ("<p>Posta elettronica certificata: acme@posta.example</p>", "acme@posta.example", "legal"),
        ("<h2>Klachten</h2><p>020 7946 0130</p>", "020 7946 0130", "complaints"),
        ("<p>Klantenservice: 020 7946 0131</p>", "020 7946 0131", "front_line"),
        ("<p>Persvoorlichting: 020 7946 0132</p>", "020 7946 0132", "off_ladder"),
        ("<p>Raad van bestuur: 020 7946 0133</p>", "020 7946 0133", "executive"),
        (
            "<h1>Complaints</h1><p>Please write.</p><footer><p>020 7946 0134</p></footer>",
            "020 7946 0134",
            "front_line",
        ),
        (
            "<h1>Complaints procedure</h1><h2>Contact details</h2><p>020 7946 0135</p>",
            "020 7946 0135",
            "front_line",
        ),
        ("<h1>Complaints</h1><h2>Stage 2</h2><p>020 7946 0136</p>", "020 7946 0136", "management"),
        ("<h2>Widget Trade Ombudsman</h2><p>020 7946 0137</p>", "020 7946 0137", "adr"),
    ];
    hold(&cases);
}

/// Holds each value of a page against the rung that it is to be on.
fn hold(cases: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for &(html, value, expected) in cases {
        let outline = from_html(html);
        let context = Context::default();
        let mut hits = hits_of(&outline, html, value);
        // A page has more than one mailbox.
        hits.push(Hit::in_data(Reach::parse(Channel::Email, "info@elsewhere.example").unwrap()));
        let verdict = Namer::new(&outline, &context, &hits).name(&hits[0]);
        let said = rung::spelled(verdict.rung);
        if said != expected {
            wrong.push(format!("{html}: {said}, not {expected}: {:?}", verdict.signals));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_department_is_known_by_where_its_name_stands() {
    hold(&[
        // A heading that says how leaves it to the one above to say what for.
        ("<h2>Lost property</h2><h4>By phone</h4><p>020 7946 0138</p>", "020 7946 0138", "specialist"),
        (
            "<title>Complaints</title><h1>Complaints</h1><h2>How to contact us</h2><p>020 7946 0139</p>",
            "020 7946 0139",
            "complaints",
        ),
        // Departments by names of their own: by the head of their column, and by what they call themselves.
        (
            "<table><tr><th>Department</th><th>Phone</th></tr><tr><td>Moorland</td><td>020 7946 0140</td></tr></table>",
            "020 7946 0140",
            "specialist",
        ),
        (
            "<table><tr><th>Town</th><th>Phone</th></tr><tr><td>Moorland</td><td>020 7946 0141</td></tr></table>",
            "020 7946 0141",
            "front_line",
        ),
        ("<p>Referat Moorpflege: 020 7946 0142</p>", "020 7946 0142", "specialist"),
        ("<h2>Meet the team</h2><p>020 7946 0143</p>", "020 7946 0143", "front_line"),
        ("<h1>Complaints</h1><h2>Moorland Unit</h2><p>020 7946 0144</p>", "020 7946 0144", "complaints"),
        ("<h2>Lost property</h2><p>Call us any time on 020 7946 0145</p>", "020 7946 0145", "specialist"),
    ]);
}

/// Names the printed values of a page, in their order, and looks at them once more.
fn settled(html: &str, values: &[&str]) -> Vec<&'static str> {
    let outline = from_html(html);
    let context = Context::default();
    let hits: Vec<Hit> = values.iter().map(|value| hit_of(&outline, html, value)).collect();
    let mut namer = Namer::new(&outline, &context, &hits);
    let mut verdicts: Vec<Verdict> = hits.iter().map(|hit| namer.name(hit)).collect();
    namer.settle(&mut verdicts);
    verdicts.iter().map(|verdict| rung::spelled(verdict.rung)).collect()
}

#[test]
fn among_desks_what_is_called_by_words_of_its_own_is_one() {
    let rows = |third: &str| {
        format!(
            "<table><tr><td>Billing</td><td>020 7946 0001</td></tr><tr><td>Press office</td><td>020 7946 0002</td></tr>\
             <tr><td>{third}</td><td>020 7946 0003</td></tr></table>"
        )
    };
    let values = ["020 7946 0001", "020 7946 0002", "020 7946 0003"];
    for (name, rung) in [
        ("Loan recovery cell", "specialist"),
        ("Office of the Chancellor", "executive"),
        // What anybody asks, and a town, name no desk.
        ("General questions", "front_line"),
        ("Existing customers", "front_line"),
        ("Wolverhampton", "front_line"),
    ] {
        assert_eq!(settled(&rows(name), &values), ["specialist", "off_ladder", rung], "{name}");
    }
    // With no desk beside it, a name alone says too little.
    let lone = "<ul><li>Ashford: 020 7946 0001</li><li>Barton mill: 020 7946 0002</li></ul>";
    assert_eq!(settled(lone, &values[..2]), ["front_line", "front_line"]);
}

#[test]
fn an_office_with_an_address_is_no_desk() {
    let html = "<h1>Contact</h1><h3>Billing</h3><p>020 7946 0001</p><h3>Press office</h3><p>020 7946 0002</p>\
                <h3>Loan recovery cell</h3><p>020 7946 0003</p><p>4 Quay Road, Barton, AB1 2CD</p>";
    let values = ["020 7946 0001", "020 7946 0002", "020 7946 0003", "4 Quay Road, Barton, AB1 2CD"];
    assert_eq!(settled(html, &values)[..3], ["specialist", "off_ladder", "front_line"]);
}

#[test]
fn the_first_step_of_a_complaint_takes_complaints() {
    hold(&[
        (
            "<title>Complaints</title><h1>Complaints</h1><h2>Step 1: start here</h2><p>020 7946 0150</p>",
            "020 7946 0150",
            "complaints",
        ),
        (
            "<title>Moving in</title><h2>Step 1: start here</h2><p>020 7946 0151</p>",
            "020 7946 0151",
            "front_line",
        ),
        ("<p>Acme's CEO/General Manager: 020 7946 0152</p>", "020 7946 0152", "executive"),
    ]);
}
