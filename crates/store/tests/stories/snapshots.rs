//! Snapshots: a cache that decides nothing, whatever is written, sealed, given away or changed behind the store's back.

use casework::event::What;
use jiff::civil::date;
use store::cases::Snapshot;
use store::{Cases, Holder, Passphrase, Reach};

use crate::cases::{logged, moment, opened};
use crate::place::Place;

const FOR: &str = "a day and a program";

/// Makes and keeps a snapshot of each case that has none, and returns the ids of those.
async fn renewed(store: &Cases, made_for: &str) -> Vec<String> {
    let stale = store.snapshots(made_for, None, None).await.unwrap().stale;
    for (n, id) in (0i64..).zip(&stale) {
        let (case, head) = store.load_with_head(id).await.unwrap();
        let soonest = date(2026, 4, 1).checked_add(jiff::Span::new().days(n)).unwrap();
        let body = format!("{} events of {id}", case.events().len());
        let one = Snapshot { id: id.clone(), head, soonest: Some(soonest), body };
        store.keep_snapshots(made_for, &[one]).await.unwrap();
    }
    stale
}

/// Returns what the snapshots say, soonest first.
async fn said(store: &Cases) -> Vec<String> {
    store.snapshots(FOR, None, None).await.unwrap().fresh.into_iter().map(|one| one.body).collect()
}

pub(crate) async fn a_snapshot_holds_for_one_head_and_one_purpose_sealed_or_not(place: Place) {
    let mut store = place.cases().await;
    for company in ["Acme", "Brightwell", "Calder"] {
        store.create(company, vec![opened(company)], &moment(1), "customer").await.unwrap();
    }
    for sealed in [false, true, false] {
        if sealed {
            store.seal("four plain words here").await.unwrap();
        } else {
            store.unseal().await.unwrap();
        }
        // What was made in the other way is gone; what is made now stays for the next program.
        renewed(&store, FOR).await;
        let other = place.store().with(Passphrase::of("four plain words here")).write_cases().await.unwrap();
        let all = ["acme-1", "brightwell-1", "calder-1"];
        let found = other.snapshots(FOR, None, None).await.unwrap();
        assert_eq!(found.fresh.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), all);
        assert_eq!(found.stale, Vec::<String>::new(), "sealed: {sealed}");
        // Up to a day, and the soonest only.
        let one = other.snapshots(FOR, Some(date(2026, 4, 1)), None).await.unwrap().fresh;
        assert_eq!(one.len(), 1);
        assert_eq!(other.snapshots(FOR, None, Some(2)).await.unwrap().fresh.len(), 2);
        assert_eq!(other.snapshots("another day", None, None).await.unwrap().stale, all);
        // What another program writes counts at once.
        other.append("brightwell-1", vec![logged("more")], &moment(2), "customer").await.unwrap();
        assert_eq!(store.snapshots(FOR, None, None).await.unwrap().stale, ["brightwell-1"]);
        assert_eq!(renewed(&store, FOR).await, ["brightwell-1"]);
        // A closed case has no days; a case that is opened again has them.
        let closed = What::Closed { outcome: "done".into(), received: None };
        store.append("calder-1", vec![closed], &moment(3), "customer").await.unwrap();
        let found = store.snapshots(FOR, None, None).await.unwrap();
        assert_eq!((found.fresh.len(), found.stale.len()), (2, 0));
        store
            .append("calder-1", vec![What::Reopened { because: "no".into() }], &moment(3), "customer")
            .await
            .unwrap();
        assert_eq!(renewed(&store, FOR).await, ["calder-1"]);
        other.close().await;
    }
    store.delete("acme-1").await.unwrap();
    assert!(said(&store).await.iter().all(|body| !body.contains("acme-1")));
    // One that comes too late, of a case that is gone, is no error and stays away.
    let late = Snapshot { id: "acme-1".into(), head: String::new(), soonest: None, body: String::new() };
    store.keep_snapshots(FOR, &[late]).await.unwrap();
    assert_eq!(place.count("select count(*) from snapshot").await, 2);
}

pub(crate) async fn a_snapshot_that_was_changed_is_made_anew_and_each_adviser_gets_their_own(place: Place) {
    let member = |adviser: &str, writes| Reach::Member {
        holder: Holder { organisation: "centre".into(), adviser: adviser.into() },
        whole: false,
        writes,
    };
    let (ada, grace) = (place.within(&member("ada", true)).await, place.within(&member("grace", true)).await);
    let (first, second) = (
        ada.create("Acme", vec![opened("Acme")], &moment(1), "ada").await.unwrap(),
        grace.create("Brightwell", vec![opened("Brightwell")], &moment(1), "grace").await.unwrap(),
    );
    assert_eq!(renewed(&ada, FOR).await, [first.as_str()]);
    assert_eq!(said(&grace).await, Vec::<String>::new());
    // Whoever only reads may keep what is computed, and nothing else.
    assert_eq!(renewed(&place.within(&member("grace", false)).await, FOR).await, [second.as_str()]);
    assert_eq!(said(&grace).await, ["1 events of brightwell-1"]);
    let all = place.cases().await;
    for change in [
        "update snapshot set body = 'nothing is due' where case_id = 'acme-1'",
        "update snapshot set soonest = '2030-01-01' where case_id = 'acme-1'",
        "update snapshot set made_of = (select head from cases where id = 'brightwell-1') where case_id = 'acme-1'",
        "update snapshot set proof = '' where case_id = 'acme-1'",
        "delete from snapshot where case_id = 'acme-1'",
    ] {
        place.behind(change).await.unwrap();
        assert_eq!(renewed(&all, FOR).await, ["acme-1"], "{change}");
        assert_eq!(said(&ada).await, ["1 events of acme-1"], "{change}");
    }
    // A log whose end is gone has another head than was written: nothing is believed of it.
    ada.append(&first, vec![logged("more")], &moment(2), "ada").await.unwrap();
    renewed(&all, FOR).await;
    place.unguard().await;
    place
        .behind("delete from events where case_id = 'acme-1' and place = 2; delete from snapshot")
        .await
        .unwrap();
    for _ in 0..2 {
        assert!(renewed(&all, FOR).await.contains(&first), "it is folded each time");
    }
}
