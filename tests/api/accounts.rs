//! Accounts as their contacts see them, and nobody else.

use super::client::Program;
use crate::store::on_each_engine;
use crate::web::world::World;

#[test]
fn a_contact_reads_their_organisation_and_a_stranger_learns_nothing() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let firm = world.links.accounts.firm(&["Bo"]).await;
        let ann = world.links.accounts.person("Ann").await;
        let eve = world.links.person("Eve").await;
        let program = Program::of(&world, ann).await;
        let listed = program.get("/accounts").await;
        let accounts = listed.json["accounts"].as_array().unwrap();
        assert_eq!(accounts.len(), 1, "{}", listed.json);
        assert_eq!((&accounts[0]["company"], &accounts[0]["administrator"]), (&"Acme".into(), &true.into()));
        let shown = program.get(&format!("/accounts/{}", firm.org)).await;
        assert_eq!(shown.status, 200);
        let contacts = shown.json["contacts"].as_array().unwrap();
        let own: Vec<_> = contacts.iter().filter(|contact| contact["you"] == true).collect();
        assert_eq!((contacts.len(), own.len()), (2, 1), "{}", shown.json);
        assert_eq!(own[0]["name"], "Ann");

        let stranger = Program::of(&world, eve).await;
        assert_eq!(stranger.get("/accounts").await.json["accounts"], serde_json::json!([]));
        let hidden = stranger.get(&format!("/accounts/{}", firm.org)).await;
        assert_eq!(hidden.problem(), (404, "not-found"));
        assert_eq!(hidden.json, stranger.get("/accounts/99999999").await.json);
        for nothing in ["/accounts/x", "/accounts/0", "/accounts/%00", "/accounts/1000100000"] {
            assert_eq!(program.get(nothing).await.problem(), (404, "not-found"), "{nothing}");
        }
    });
}
