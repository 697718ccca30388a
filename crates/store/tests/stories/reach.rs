//! Whose cases are reached: every door of the store tried by whoever may not go through it.

use store::cases::Filter;
use store::{Cases, CasesError, Holder, Reach};

use crate::cases::{logged, moment, opened};
use crate::place::Place;

fn holder(organisation: &str, adviser: &str) -> Holder {
    Holder { organisation: organisation.into(), adviser: adviser.into() }
}

fn member(organisation: &str, adviser: &str, whole: bool, writes: bool) -> Reach {
    Reach::Member { holder: holder(organisation, adviser), whole, writes }
}

/// Returns the ids that a reach lists, in every way of listing.
async fn listed(place: &Place, reach: &Reach) -> Vec<String> {
    let cases = place.within(reach).await;
    let all = cases.list(&Filter { closed: true, ..Filter::default() }).await.unwrap();
    let mut all: Vec<String> = all.into_iter().map(|one| one.id).collect();
    all.sort();
    let words = Filter { words: Some("charges".into()), closed: true, ..Filter::default() };
    let mut found: Vec<String> = cases.list(&words).await.unwrap().into_iter().map(|one| one.id).collect();
    found.sort();
    let mut ids = cases.ids().await.unwrap();
    ids.sort();
    assert_eq!(all, ids);
    assert_eq!(all, found);
    all
}

/// Tries every door to a case and expects that none opens, and that nothing says the case is there.
async fn shut(cases: &Cases, id: &str, sha256: &str) {
    let gone = |error: CasesError| {
        // What it offers in its place are the asker's own.
        assert!(
            matches!(&error, CasesError::NotThere { near, .. } if !near.contains(&id.to_owned())),
            "{error}"
        );
    };
    gone(cases.load(id).await.unwrap_err());
    gone(cases.stored(id).await.unwrap_err());
    gone(cases.verify(id).await.unwrap_err());
    gone(cases.holder(id).await.unwrap_err());
    gone(cases.append(id, vec![logged("x")], &moment(2), "eve").await.unwrap_err());
    gone(cases.give(id, &holder("south", "eve")).await.unwrap_err());
    gone(cases.delete(id).await.unwrap_err());
    assert!(cases.read_file(id, sha256).await.is_err());
    assert!(cases.copy_from(id, b"planted").await.is_err());
}

pub(crate) async fn an_adviser_reaches_their_own_cases_and_a_supervisor_all_of_the_organisation(
    place: Place,
) {
    let ada = member("north", "ada", false, true);
    let ben = member("north", "ben", false, true);
    let eve = member("south", "eve", false, true);
    let (one, sha256, rows) = {
        let cases = place.within(&ada).await;
        let id = cases.create("Acme", vec![opened("Acme")], &moment(1), "ada").await.unwrap();
        let copied = cases.copy_from(&id, b"a bill").await.unwrap();
        (id.clone(), copied.sha256, cases.stored(&id).await.unwrap())
    };
    let two = place.within(&ben).await.create("Acme", vec![opened("Acme")], &moment(1), "ben").await.unwrap();
    let three =
        place.within(&eve).await.create("Acme", vec![opened("Acme")], &moment(1), "eve").await.unwrap();
    let own = place.cases().await.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    assert_eq!(listed(&place, &ada).await, [one.as_str()]);
    assert_eq!(listed(&place, &ben).await, [two.as_str()]);
    assert_eq!(listed(&place, &eve).await, [three.as_str()]);
    assert_eq!(listed(&place, &member("north", "sue", true, true)).await, [one.as_str(), two.as_str()]);
    assert_eq!(listed(&place, &member("south", "sam", true, true)).await, [three.as_str()]);
    assert_eq!(listed(&place, &member("", "", true, true)).await, Vec::<String>::new());
    assert_eq!(listed(&place, &Reach::Everything).await.len(), 4);
    for reach in [&ben, &eve, &member("south", "ada", false, true), &member("south", "sam", true, true)] {
        let cases = place.within(reach).await;
        shut(&cases, &one, &sha256).await;
        shut(&cases, &own, &sha256).await;
        // A copy of another's case does not become one's own, whatever stands in it.
        assert!(matches!(cases.restore(&one, &rows).await.unwrap_err(), CasesError::Taken(_)));
    }
    let cases = place.within(&member("north", "sue", true, true)).await;
    assert_eq!(cases.holder(&one).await.unwrap(), Some(holder("north", "ada")));
    cases.append(&one, vec![logged("by sue")], &moment(2), "sue").await.unwrap();
    assert_eq!(cases.load(&one).await.unwrap().events().len(), 2);
    std::io::copy(&mut cases.read_file(&one, &sha256).await.unwrap(), &mut std::io::sink()).unwrap();
}

pub(crate) async fn whoever_only_reads_changes_nothing_and_whoever_forgets_to_say_reaches_nothing(
    place: Place,
) {
    let ada = member("north", "ada", false, true);
    let (id, rows) = {
        let cases = place.within(&ada).await;
        let id = cases.create("Acme", vec![opened("Acme")], &moment(1), "ada").await.unwrap();
        (id.clone(), cases.stored(&id).await.unwrap())
    };
    let cases = place.within(&member("north", "rob", true, false)).await;
    assert_eq!(cases.load(&id).await.unwrap().events().len(), 1);
    let refused = |error: CasesError| assert!(matches!(error, CasesError::ReadsOnly), "{error}");
    refused(cases.append(&id, vec![logged("x")], &moment(2), "rob").await.unwrap_err());
    refused(cases.create("Acme", vec![opened("Acme")], &moment(1), "rob").await.unwrap_err());
    refused(cases.restore("acme-9", &rows).await.unwrap_err());
    refused(cases.give(&id, &holder("north", "rob")).await.unwrap_err());
    refused(cases.delete(&id).await.unwrap_err());
    assert!(cases.copy_from(&id, b"planted").await.is_err());
    // A store that was not told whose cases are meant.
    let forgot = place.within(&Reach::Nothing).await;
    assert!(forgot.list(&Filter::default()).await.unwrap().is_empty());
    assert!(matches!(forgot.load(&id).await.unwrap_err(), CasesError::NotThere { .. }));
    refused(forgot.append(&id, vec![logged("x")], &moment(2), "x").await.unwrap_err());
    assert_eq!(place.cases().await.load(&id).await.unwrap().events().len(), 1, "nothing was written");
}

pub(crate) async fn a_case_that_is_given_away_is_reached_by_its_new_adviser_only(place: Place) {
    let (ada, ben) = (member("north", "ada", false, true), member("north", "ben", false, true));
    let id = place.within(&ada).await.create("Acme", vec![opened("Acme")], &moment(1), "ada").await.unwrap();
    place.within(&ada).await.give(&id, &holder("north", "ben")).await.unwrap();
    assert!(place.within(&ada).await.load(&id).await.is_err());
    let cases = place.within(&ben).await;
    // Its summary is written anew with each event; who answers for it is not.
    cases.append(&id, vec![logged("x")], &moment(2), "ben").await.unwrap();
    assert_eq!(cases.holder(&id).await.unwrap(), Some(holder("north", "ben")));
}

pub(crate) async fn a_case_keeps_its_holder_when_the_store_is_sealed_and_opened(place: Place) {
    let ada = member("north", "ada", false, true);
    let id = place.within(&ada).await.create("Acme", vec![opened("Acme")], &moment(1), "ada").await.unwrap();
    let other =
        place.cases().await.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let mut whole = place.cases().await;
    whole.seal("four plain words here").await.unwrap();
    let sealed = whole.clone().within(ada.clone());
    assert_eq!(sealed.list(&Filter::default()).await.unwrap().len(), 1);
    assert_eq!(sealed.load(&id).await.unwrap().events().len(), 1);
    assert!(matches!(sealed.load(&other).await.unwrap_err(), CasesError::NotThere { .. }));
    whole.unseal().await.unwrap();
    assert_eq!(whole.holder(&id).await.unwrap(), Some(holder("north", "ada")));
    assert_eq!(whole.holder(&other).await.unwrap(), None);
}
