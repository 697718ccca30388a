//! Who is meant: Wikidata.

use serde_json::{Value, json};

use super::*;

/// Makes a statement of a text or an item, with its rank and qualifiers.
#[expect(clippy::needless_pass_by_value, reason = "values are made where they are passed")]
fn claim(value: Value, rank: &str, qualifiers: &Value) -> Value {
    json!({"mainsnak": {"snaktype": "value", "datavalue": {"value": value}}, "rank": rank, "qualifiers": qualifiers})
}

fn item(id: &str) -> Value {
    json!({"id": id})
}

/// The item of a made-up energy company, with what editors leave behind: old sites, an ended chief, a bad rank.
fn company() -> Value {
    let ended = json!({"P582": [{"datavalue": {"value": {"time": "+2021-05-01T00:00:00Z"}}}]});
    let since = json!({"P580": [{"datavalue": {"value": {"time": "+2022-03-00T00:00:00Z"}}}]});
    json!({
        "type": "item", "id": "Q900001", "modified": "2026-10-01T00:00:00Z",
        "labels": {"en": {"language": "en", "value": "Brightwell Energy"}},
        "aliases": {"en": [{"value": "Brightwell"}]},
        "descriptions": {"en": {"value": "British energy supplier"}},
        "claims": {
            "P31": [claim(item("Q4830453"), "normal", &json!({}))],
            "P17": [claim(item("Q145"), "normal", &json!({}))],
            "P856": [
                claim(json!("http://old-brightwell.test/"), "normal", &ended),
                claim(json!("https://www.brightwell.example/"), "preferred", &json!({})),
                claim(json!("https://shop.test/"), "normal", &json!({})),
                claim(json!("https://wrong.test/"), "deprecated", &json!({})),
            ],
            "P169": [claim(item("Q900010"), "normal", &ended), claim(item("Q900011"), "normal", &since)],
            "P749": [claim(item("Q900020"), "normal", &json!({}))],
            "P159": [claim(item("Q84"), "normal", &json!({
                "P6375": [{"datavalue": {"value": {"text": "1 Lamp Street, London", "language": "en"}}}],
                "P281": [{"datavalue": {"value": "EC1A 1AA"}}]}))],
            "P1329": [claim(json!("+44 20 7946 0018"), "normal", &json!({}))],
            "P968": [claim(json!("mailto:hello@brightwell.example"), "normal", &json!({}))],
            "P2002": [claim(json!("brightwellhelp"), "normal", &json!({}))],
            "P4033": [claim(json!("brightwell@social.example"), "normal", &json!({}))],
            "P1278": [claim(json!("5299000000000000AB01"), "normal", &json!({}))],
            "P2622": [claim(json!("01234567"), "normal", &json!({}))]
        }
    })
}

fn wikidata(path: &str) -> Reply {
    let labels = |id: &str, name: &str| json!({"id": id, "labels": {"en": {"value": name}}});
    if path.contains("wbsearchentities") {
        return super::json(
            &json!({"search": [{"id": "Q900002"}, {"id": "Q900001"}, {"id": "Q900003"}, {"id": "nonsense"}]}),
        );
    }
    if path.contains("props=labels|aliases") {
        let town = json!({"id": "Q900002", "labels": {"en": {"value": "Brightwell"}},
            "claims": {"P31": [claim(item("Q515"), "normal", &json!({}))], "P856": [claim(json!("https://town.test"), "normal", &json!({}))]}});
        return super::json(&json!({"entities": {
            "Q900001": company(), "Q900002": town, "Q900003": {"id": "Q900003", "missing": ""}}}));
    }
    super::json(&json!({"entities": {
        "Q900010": labels("Q900010", "Old Chief"), "Q900011": labels("Q900011", "Ann Lamp"), "Q900020": labels("Q900020", "Brightwell Holdings")}}))
}

#[tokio::test]
async fn a_name_leads_to_the_business_with_what_holds_now() {
    let server = Server::start(|path, _| wikidata(path)).await;
    let answer = ask("wikidata", &server, &Subject::named("Brightwell Energy")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    Brightwell Energy [brightwell.example] GB Companies House 01234567
      chief executive Ann Lamp since 2022-03
      front_line phone +442079460018 (Listing, wikidata.org)
      front_line email hello@brightwell.example (Listing, wikidata.org)
      legal postal 1 Lamp Street, London, EC1A 1AA, GB (Listing, wikidata.org)
    ");
    let record = &answer.told[0].record;
    assert_eq!(record.parents, ["Brightwell Holdings"]);
    assert_eq!(record.profiles, ["https://x.com/brightwellhelp", "https://social.example/@brightwell"]);
    assert_eq!(
        (record.ids.lei.as_deref(), record.ids.companies_house.as_deref()),
        (Some("5299000000000000AB01"), Some("01234567"))
    );
    assert!(server.heads().iter().all(|head| head.contains("Upstairs/0.1") && head.contains("maxlag=5")));
}

#[tokio::test]
async fn an_item_that_was_merged_is_found_under_its_new_id() {
    let server = Server::start(|_, _| {
        let mut item = company();
        item["redirects"] = json!({"from": "Q7", "to": "Q900001"});
        super::json(&json!({"entities": {"Q7": item}}))
    })
    .await;
    let mut subject = Subject::named("Brightwell Energy");
    subject.ids.wikidata = Some("Q7".to_owned());
    let answer = ask("wikidata", &server, &subject).await.unwrap();
    assert_eq!(answer.told[0].record.ids.wikidata.as_deref(), Some("Q900001"));
}

#[tokio::test]
async fn lag_comes_with_status_200_and_is_no_empty_answer() {
    let server =
        Server::start(|_, _| super::json(&json!({"error": {"code": "maxlag", "info": "2 seconds lagged"}})))
            .await;
    let trouble = ask("wikidata", &server, &Subject::named("Acme")).await.unwrap_err();
    assert_eq!(trouble.id(), "busy");
}
