//! Tokens: made once, kept as fingerprints, worth nothing when they ran out, were removed, or nobody is behind them.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::domain::{Actor, Identity, PersonId};
use guidepost::services::privacy::{erase, export};
use guidepost::services::tokens::{
    NewToken, NotTaken, Scope, Speaks, TOKENS, TokenError, TokenId, TokenName, TokenSecret, Tokens,
};
use guidepost::store::{Direction, Store};
use tokio::task::JoinSet;

use crate::sign_in::world::{World, start};
use crate::store::on_each_engine;

/// What is asked for of a token that speaks for somebody.
pub fn wanted(name: &str, number: u8, speaks: Speaks, scopes: &[Scope]) -> (NewToken, TokenSecret) {
    let secret = TokenSecret::new([number; 32]);
    let new = NewToken {
        id: TokenId::of(&secret),
        name: TokenName::parse(name).unwrap(),
        speaks,
        scopes: scopes.iter().copied().collect(),
        until: None,
    };
    (new, secret)
}

fn minutes(minutes: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(minutes)
}

async fn whose(store: &Store, secret: &TokenSecret, now: DateTime<Utc>) -> Result<PersonId, NotTaken> {
    Tokens::new(store.clone()).bearer(secret, now).await.unwrap().map(|seen| seen.person.id)
}

#[test]
fn a_token_speaks_for_its_person_until_it_runs_out_or_is_removed() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let (store, tokens) = (&world.store, Tokens::new(world.store.clone()));
        let ann = world.person("ann").await;
        let (new, secret) = wanted("crm", 1, Speaks::For("ann@example.org".to_owned()), &[Scope::Chat]);
        let until = Some(minutes(60));
        tokens.add(&NewToken { until, ..new }, start()).await.unwrap();
        let seen = tokens.bearer(&secret, minutes(59)).await.unwrap().unwrap();
        assert_eq!((seen.person.id, seen.token.scopes), (ann, BTreeSet::from([Scope::Chat])));
        assert_eq!(whose(store, &secret, minutes(60)).await, Err(NotTaken::RunOut));
        assert_eq!(whose(store, &TokenSecret::new([9; 32]), start()).await, Err(NotTaken::Unknown));

        let (other, kept) = wanted("Other", 2, Speaks::For(ann.to_string()), &[Scope::CasesRead]);
        tokens.add(&other, start()).await.unwrap();
        let names: Vec<_> =
            tokens.list().await.unwrap().into_iter().map(|seen| seen.token.name.to_string()).collect();
        assert_eq!(names, ["crm", "Other"]);
        let name = TokenName::parse("OTHER").unwrap();
        assert_eq!(tokens.remove(&name).await.unwrap().id, TokenId::of(&kept));
        assert_eq!(whose(store, &kept, start()).await, Err(NotTaken::Unknown));
        assert!(matches!(tokens.remove(&name).await, Err(TokenError::Unknown(_))));
        let nobody = wanted("third", 3, Speaks::For("nobody@example.org".to_owned()), &[Scope::Chat]).0;
        assert!(matches!(tokens.add(&nobody, start()).await, Err(TokenError::Nobody(_))));
        world.assert_sound().await;
    });
}

#[test]
fn of_many_who_take_a_name_at_once_one_gets_it_and_none_becomes_somebody_for_nothing() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let tokens = Tokens::new(world.store.clone());
        let tries = (0..32).map(|number| {
            let name = if number % 2 == 0 { "crm" } else { "CRM" };
            let (new, _) = wanted(name, number, Speaks::Itself { is_agent: true }, &[Scope::CasesRead]);
            let tokens = tokens.clone();
            async move { tokens.add(&new, start()).await }
        });
        let made = tries.collect::<JoinSet<_>>().join_all().await;
        let (made, taken): (Vec<_>, Vec<_>) = made.into_iter().partition(Result::is_ok);
        assert_eq!((made.len(), taken.len()), (1, 31));
        assert!(taken.iter().all(|taken| matches!(taken, Err(TokenError::NameTaken(_)))));
        let staff = world.people.staff().await.unwrap();
        assert_eq!(staff.len(), 1);
        assert!(Actor::of(&staff[0]).staff().is_some());
        assert_eq!(made[0].as_ref().unwrap().person, staff[0]);
        world.assert_sound().await;
    });
}

#[test]
fn that_a_token_is_used_is_noted_every_five_minutes() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let tokens = Tokens::new(world.store.clone());
        let (new, secret) = wanted("crm", 1, Speaks::Itself { is_agent: false }, &[Scope::Chat]);
        assert_eq!(tokens.add(&new, start()).await.unwrap().token.used, None);
        for (at, used, commits) in [(0, 0, 1), (4, 0, 0), (5, 5, 1), (9, 5, 0), (10, 10, 1)] {
            let before = world.store.asked().commits;
            let seen = tokens.bearer(&secret, minutes(at)).await.unwrap().unwrap();
            assert_eq!(seen.token.used, Some(minutes(used)), "after {at} minutes");
            assert_eq!(world.store.asked().commits - before, commits, "after {at} minutes");
        }
    });
}

#[test]
fn tokens_go_with_their_person_and_the_store_never_has_one() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let tokens = Tokens::new(world.store.clone());
        let ann = world.person("ann").await;
        let bo = world.person("bo").await;
        let visitor = Identity::Console("zoe".to_owned());
        let visitor = world.people.meet(&visitor, None, start()).await.unwrap().id;
        let mut secrets = Vec::new();
        for (number, (name, who)) in [("ann", ann), ("bo", bo), ("visitor", visitor)].into_iter().enumerate()
        {
            let (new, secret) =
                wanted(name, number as u8, Speaks::For(who.to_string()), &[Scope::Chat, Scope::CasesRead]);
            tokens.add(&new, start()).await.unwrap();
            secrets.push(secret);
        }
        let held = export(&world.store, &ann.to_string(), start(), &mut |_| {}).await.unwrap().records;
        assert_eq!(held["tokens"].len(), 1);
        assert_eq!(held["tokens"][0]["name"], "ann");
        for secret in &secrets {
            let told = secret.expose();
            let bytes = told.trim_start_matches("guidepost_");
            assert!(world.dump().await.iter().all(|entry| {
                !entry.value.to_string().contains(bytes) && !entry.key.to_string().contains(bytes)
            }));
        }
        for (who, secret) in [(ann, &secrets[0]), (visitor, &secrets[2])] {
            assert!(whose(&world.store, secret, start()).await.is_ok());
            erase(&world.store, &world.kept().files, &who.to_string(), start(), &mut |_| {}).await.unwrap();
            assert_eq!(whose(&world.store, secret, start()).await, Err(NotTaken::Unknown));
        }
        let left = TOKENS.list(&world.store, None, 10, Direction::Forward).await.unwrap();
        assert_eq!(left.iter().map(|row| row.record.person).collect::<Vec<_>>(), [bo]);
        world.assert_sound().await;
    });
}
