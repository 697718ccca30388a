//! What the store promises of cases: every story is told in a folder of `SQLite` files and on a real `PostgreSQL` server.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests may panic, and say what they pass by")]

mod accounts;
mod cases;
mod damage;
mod place;
mod reach;
mod sealing;
mod server;
mod snapshots;
mod trouble;

use std::pin::Pin;

use place::Place;
use server::Server;

/// Makes of each story a test in a folder, and a line in the list of those that are told on a server.
macro_rules! stories {
    ($($module:ident::$name:ident)+) => {
        mod in_a_folder {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() {
                    crate::$module::$name(crate::Place::folder()).await;
                }
            )+
        }

        const STORIES: &[(&str, Story)] = &[$((stringify!($name), |place| Box::pin($module::$name(place)))),+];
    };
}

type Story = fn(Place) -> Pin<Box<dyn Future<Output = ()> + Send>>;

stories! {
    cases::a_case_is_read_as_it_was_written_and_found_by_its_words
    cases::a_second_case_with_a_company_gets_the_next_number_and_a_wrong_id_names_it
    cases::an_event_that_does_not_fit_is_refused_and_nothing_is_kept
    cases::nothing_is_there_before_the_first_case
    cases::many_programs_at_once_lose_and_reorder_nothing
    cases::many_programs_at_once_open_cases_under_different_ids
    cases::a_reader_sees_no_fault_while_others_write
    cases::a_case_moves_to_another_machine_once_and_a_stranger_of_its_name_is_left_alone
    cases::a_deleted_case_leaves_nothing
    cases::odd_signs_are_kept_as_they_are
    trouble::whatever_is_changed_behind_its_back_shows_and_the_rest_is_named_intact
    trouble::an_attached_file_is_copied_under_its_hash_and_a_change_of_it_shows
    sealing::a_store_is_sealed_and_opened_again_and_nothing_is_lost_or_left_in_plain
    sealing::a_sealed_store_opens_with_its_passphrase_only_and_keeps_every_promise
    sealing::who_writes_while_it_is_sealed_is_told_to_run_again_and_loses_nothing
    sealing::what_is_changed_in_a_sealed_store_shows
    trouble::a_summary_that_is_wrong_is_made_anew_and_the_end_of_the_chain_is_not
    reach::an_adviser_reaches_their_own_cases_and_a_supervisor_all_of_the_organisation
    reach::whoever_only_reads_changes_nothing_and_whoever_forgets_to_say_reaches_nothing
    reach::a_case_that_is_given_away_is_reached_by_its_new_adviser_only
    reach::a_case_keeps_its_holder_when_the_store_is_sealed_and_opened
    snapshots::a_snapshot_holds_for_one_head_and_one_purpose_sealed_or_not
    snapshots::a_snapshot_that_was_changed_is_made_anew_and_each_adviser_gets_their_own
    accounts::an_account_is_added_once_changed_and_every_change_ends_its_sessions
    accounts::passkeys_are_their_accounts_alone_and_go_with_its_password
    accounts::sessions_tokens_and_attempts_are_kept_and_swept_by_their_times
    accounts::what_was_done_is_chained_and_can_be_neither_edited_nor_deleted
    accounts::many_at_once_write_down_what_they_did_in_one_row
}

/// One test for all, so that one server serves them; whatever fails is named.
#[test]
fn every_story_holds_on_a_server_too() {
    let Some(mut server) = Server::start() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let mut failed = Vec::new();
    for (name, story) in STORIES {
        let address = server.database(&name[..name.len().min(60)]);
        if runtime.block_on(runtime.spawn(story(Place::on(address)))).is_err() {
            failed.push(*name);
        }
    }
    assert!(failed.is_empty(), "on PostgreSQL these do not hold: {failed:#?}");
    let place = Place::on(server.database("crash"));
    let id = runtime.block_on(cases::opened_with(&place, 40));
    server.crash();
    runtime.block_on(async {
        let proof = place.read().await.unwrap().verify(&id).await.unwrap();
        assert_eq!((proof.intact, proof.faults.as_slice()), (41, &[][..]), "after a crash of the server");
    });
    runtime
        .block_on(trouble::a_server_says_what_is_wrong(&server.address("nowhere"), &server.address("crash")));
}
