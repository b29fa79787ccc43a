//! Setting up a server on Discord, the panel, and staff by role.

use std::fmt::Write;

use guidepost::chat::wish::StaffWish;
use guidepost::chat::{
    ChoiceId, Command, Input, Member, PICKED, Picker, Reply, ReplyBlock, Request, ServerSetting, ServerWish,
    Visibility,
};
use guidepost::domain::{Channel, Identity, Person, Privacy, StaffRole};
use guidepost::platforms::console;
use guidepost::services::people::{NewStaff, People};
use guidepost::services::servers::{self, SERVERS, Server};
use insta::assert_snapshot;
use proptest::prelude::*;

use super::World;
use super::library;
use super::world::{offered, view};

/// The server of these conversations, and another one.
const HERE: u64 = 2000;
const THERE: u64 = 3000;
/// The roles of its staff.
const ROLE: u64 = 60;

/// Conversations on Discord, with their transcript.
struct Script {
    world: World,
    reply: Reply,
    transcript: String,
}

/// Somebody who manages the server.
fn manager() -> Member {
    Member { name: Some("Mia".to_owned()), manages: true, roles: Vec::new() }
}

/// Somebody with these roles.
fn with(roles: &[u64]) -> Member {
    Member { name: Some("Ada".to_owned()), manages: false, roles: roles.to_vec() }
}

/// The queue, which only staff see.
fn queue() -> Input {
    Input::Command(Command::Staff(StaffWish::Queue(None)))
}

impl Script {
    /// On a desk whose operator named these servers.
    async fn trusting(servers: &[u64]) -> Self {
        let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
        let set = format!("discord.guilds={}", servers.join(","));
        let world = World::with(library::articles(), &[&set]).await;
        Self { world, reply: Reply::default(), transcript: String::new() }
    }

    /// Somebody does something in a channel of a server, or in a direct conversation.
    async fn turn(&mut self, who: u64, member: Option<Member>, server: Option<u64>, input: Input) {
        let place = match server {
            Some(server) => Channel { server: Some(server), id: 4000 }.place(Privacy::Public),
            None => Channel { server: None, id: 5000 }.place(Privacy::Private),
        };
        let roles = member.as_ref().map(|member| member.roles.clone());
        let said = format!("{who} with roles {roles:?} on {server:?}: {input:?}");
        let request = Request { member, ..Request::new(Identity::Discord(who), place, input) };
        self.reply = self.world.desk.handle(&request).await;
        let (shown, seen) = (shown(&self.reply), self.reply.visibility);
        writeln!(self.transcript, "> {said}\n({seen:?})\n{shown}").unwrap();
    }

    async fn manager_wants(&mut self, wish: ServerWish) {
        self.turn(1, Some(manager()), Some(HERE), Input::Command(Command::Server(wish))).await;
    }

    /// The manager picks from one of the lists of the last reply.
    async fn pick(&mut self, setting: ServerSetting, picked: &str) {
        let id = pickers(&self.reply)
            .remove(ServerSetting::ALL.iter().position(|own| *own == setting).unwrap())
            .id;
        let fields = vec![(PICKED.to_owned(), picked.to_owned())];
        self.turn(1, Some(manager()), Some(HERE), Input::Form { id, fields }).await;
    }

    async fn press(&mut self, member: Option<Member>, server: Option<u64>, label: &str) {
        let choices = offered(&self.reply);
        let (_, id) = choices.into_iter().find(|(own, _)| own == label).unwrap();
        self.turn(1, member, server, Input::Press(id)).await;
    }

    async fn server(&self, id: u64) -> Server {
        servers::of(&self.world.kept.store, id).await.unwrap()
    }

    fn people(&self) -> People {
        People::new(self.world.kept.store.clone())
    }

    async fn person(&self, discord: u64) -> Person {
        self.people().known(&Identity::Discord(discord)).await.unwrap().unwrap().record
    }
}

fn pickers(reply: &Reply) -> Vec<Picker> {
    let of = |block: &ReplyBlock| if let ReplyBlock::Pickers(all) = block { all.clone() } else { Vec::new() };
    reply.blocks.iter().flat_map(of).collect()
}

fn shown(reply: &Reply) -> String {
    let mut out = anstream::adapter::strip_str(&console::render(reply, view(100)).text).to_string();
    for Picker { id, label, about, kind, chosen, most } in pickers(reply) {
        writeln!(out, "<{label}: {chosen:?} of {kind:?}, at most {most}; {about} {id}>").unwrap();
    }
    out
}

#[tokio::test]
async fn a_manager_sets_a_server_up_and_posts_the_panel() {
    let mut talk = Script::trusting(&[HERE]).await;
    talk.manager_wants(ServerWish::Show).await;
    for (setting, picked) in [
        (ServerSetting::Help, "4000,4001"),
        (ServerSetting::Cases, "4002"),
        (ServerSetting::Forum, "4003"),
        (ServerSetting::Staff, "4004"),
        (ServerSetting::Announcements, "4005"),
        (ServerSetting::Roles, "60, 18446744073709551615"),
    ] {
        talk.pick(setting, picked).await;
    }
    talk.press(Some(manager()), Some(HERE), "Post the panel here").await;
    assert_snapshot!(talk.transcript);
    let expected = Server {
        id: HERE,
        help: [4000, 4001].into(),
        cases: Some(4002),
        forum: Some(4003),
        staff: Some(4004),
        announcements: Some(4005),
        roles: [60, u64::MAX].into(),
    };
    assert_eq!(talk.server(HERE).await, expected);
    assert_eq!(talk.server(THERE).await, Server::new(THERE));
    talk.world.restart().await;
    assert_eq!(talk.server(HERE).await, expected, "not kept");
}

#[tokio::test]
async fn what_was_chosen_can_be_taken_back_and_what_can_not_be_chosen_changes_nothing() {
    let mut talk = Script::trusting(&[HERE]).await;
    talk.manager_wants(ServerWish::Set(ServerSetting::Cases, vec![4002])).await;
    talk.manager_wants(ServerWish::Set(ServerSetting::Roles, vec![ROLE])).await;
    let before = talk.server(HERE).await;
    talk.transcript.clear();
    for picked in ["0", "2000", "everybody", "-1", "18446744073709551616", "0,0,2000"] {
        talk.pick(ServerSetting::Roles, picked).await;
        assert_eq!(talk.server(HERE).await, before, "{picked}");
    }
    let told = "What you picked can't be chosen here, so nothing was changed.";
    assert_eq!(talk.transcript.matches(told).count(), 6);
    talk.transcript.clear();
    talk.pick(ServerSetting::Roles, "").await;
    talk.pick(ServerSetting::Cases, "").await;
    assert_eq!(talk.server(HERE).await, Server::new(HERE));
    assert_snapshot!(talk.transcript);
}

#[tokio::test]
async fn nobody_else_sets_a_server_up() {
    let mut talk = Script::trusting(&[HERE]).await;
    let wishes = [
        ServerWish::Show,
        ServerWish::Panel,
        ServerWish::Set(ServerSetting::Help, vec![4000]),
        ServerWish::Set(ServerSetting::Roles, vec![ROLE]),
    ];
    // Staff, too, only where they manage the server; and a platform that says nothing of whoever speaks says no such thing.
    talk.people().add_staff(&NewStaff::Discord(2), Some("Bo"), talk.world.clock.now()).await.unwrap();
    for (who, member, server) in [
        (2, Some(with(&[ROLE])), Some(HERE)),
        (3, None, Some(HERE)),
        (1, Some(manager()), None),
        (1, None, None),
    ] {
        for wish in wishes.clone() {
            talk.turn(who, member.clone(), server, Input::Command(Command::Server(wish))).await;
            assert_eq!(talk.reply.visibility, Visibility::Asker);
            assert!(pickers(&talk.reply).is_empty());
        }
    }
    assert_eq!(talk.server(HERE).await, Server::new(HERE));
    let rows = SERVERS.list(&talk.world.kept.store, None, 9, guidepost::store::Direction::Forward).await;
    assert!(rows.unwrap().is_empty());
    // A button of somebody who manages the server gives nobody else the right.
    talk.manager_wants(ServerWish::Show).await;
    let id = pickers(&talk.reply).remove(0).id;
    talk.transcript.clear();
    talk.press(Some(with(&[])), Some(HERE), "Post the panel here").await;
    talk.turn(2, Some(with(&[])), Some(HERE), Input::Press(id.clone())).await;
    let fields = vec![(PICKED.to_owned(), "4000".to_owned())];
    talk.turn(2, Some(with(&[])), Some(HERE), Input::Form { id, fields }).await;
    talk.turn(1, Some(manager()), None, Input::Command(Command::Server(ServerWish::Show))).await;
    assert_eq!(talk.server(HERE).await, Server::new(HERE));
    assert_snapshot!(talk.transcript);
}

#[tokio::test]
async fn on_a_server_that_the_operator_did_not_name_roles_are_kept_and_give_nothing() {
    let mut talk = Script::trusting(&[THERE]).await;
    talk.manager_wants(ServerWish::Set(ServerSetting::Roles, vec![ROLE, 61])).await;
    talk.turn(5, Some(with(&[ROLE])), Some(HERE), queue()).await;
    assert_eq!(talk.server(HERE).await.roles, [ROLE, 61].into());
    assert_eq!(talk.person(5).await.staff, None);
    assert_snapshot!(talk.transcript);
}

#[tokio::test]
async fn whoever_has_a_role_of_staff_works_on_cases_as_long_as_they_have_it() {
    let mut talk = Script::trusting(&[HERE]).await;
    talk.manager_wants(ServerWish::Set(ServerSetting::Roles, vec![ROLE])).await;
    talk.transcript.clear();
    talk.turn(5, Some(with(&[])), Some(HERE), queue()).await;
    talk.turn(5, Some(with(&[1, ROLE])), Some(HERE), queue()).await;
    talk.turn(5, None, None, queue()).await;
    assert_eq!(talk.person(5).await.name.as_deref(), Some("Ada"));
    talk.turn(5, Some(with(&[1])), Some(HERE), queue()).await;
    talk.turn(5, None, None, queue()).await;
    assert_snapshot!(talk.transcript);
}

/// What somebody is to the desk.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Was {
    Nobody,
    ByRoleHere,
    ByRoleThere,
    ByOperator,
}

#[tokio::test]
async fn only_a_role_on_a_trusted_server_makes_staff_and_only_its_loss_there_takes_it_back() {
    use Was::{ByOperator, ByRoleHere, ByRoleThere, Nobody};
    // (what they were, whether they have the role, whether the server is trusted, what they are)
    let table = [
        (Nobody, true, true, Nobody, ByRoleHere),
        (Nobody, false, true, Nobody, Nobody),
        (Nobody, true, false, Nobody, Nobody),
        (Nobody, false, false, Nobody, Nobody),
        (ByRoleHere, true, true, ByRoleHere, ByRoleHere),
        (ByRoleHere, false, true, ByRoleHere, Nobody),
        (ByRoleHere, true, false, ByRoleHere, Nobody),
        (ByRoleHere, false, false, ByRoleHere, Nobody),
        (ByRoleThere, true, true, ByRoleThere, ByRoleThere),
        (ByRoleThere, false, true, ByRoleThere, ByRoleThere),
        (ByRoleThere, true, false, ByRoleThere, ByRoleThere),
        (ByRoleThere, false, false, ByRoleThere, ByRoleThere),
        (ByOperator, true, true, ByOperator, ByOperator),
        (ByOperator, false, true, ByOperator, ByOperator),
        (ByOperator, true, false, ByOperator, ByOperator),
        (ByOperator, false, false, ByOperator, ByOperator),
    ];
    let mut talks = [Script::trusting(&[THERE]).await, Script::trusting(&[HERE, THERE]).await];
    for (who, (was, has_role, is_trusted, in_private, is)) in (10..).zip(table) {
        let talk = &mut talks[usize::from(is_trusted)];
        talk.manager_wants(ServerWish::Set(ServerSetting::Roles, vec![ROLE])).await;
        make(&talk.people(), who, was).await;
        let (text, roles) =
            (|| Input::Text("help".to_owned()), if has_role { vec![ROLE, 9] } else { vec![9] });
        // Where the platform says nothing of them, nothing follows from it.
        talk.turn(who, None, None, text()).await;
        talk.turn(who, None, Some(HERE), text()).await;
        assert_eq!(is_now(&talk.person(who).await), in_private, "{was:?} in private");
        for _ in 0..2 {
            talk.turn(who, Some(with(&roles)), Some(HERE), text()).await;
            let person = talk.person(who).await;
            assert_eq!(is_now(&person), is, "{was:?}, has the role: {has_role}, trusted: {is_trusted}");
        }
    }
    // A role that is no longer chosen is none.
    let [_, talk] = &mut talks;
    talk.turn(5, Some(with(&[ROLE])), Some(HERE), Input::Text("help".to_owned())).await;
    assert_eq!(is_now(&talk.person(5).await), ByRoleHere);
    talk.manager_wants(ServerWish::Set(ServerSetting::Roles, vec![])).await;
    talk.turn(5, Some(with(&[ROLE])), Some(HERE), Input::Text("help".to_owned())).await;
    assert_eq!(is_now(&talk.person(5).await), Nobody);
}

async fn make(people: &People, discord: u64, was: Was) {
    let now = chrono::DateTime::UNIX_EPOCH;
    let person = people.meet(&Identity::Discord(discord), None, now).await.unwrap();
    match was {
        Was::Nobody => {}
        Was::ByRoleHere => drop(people.work_by_role(person.id, HERE, true).await.unwrap()),
        Was::ByRoleThere => drop(people.work_by_role(person.id, THERE, true).await.unwrap()),
        Was::ByOperator => drop(people.add_staff(&NewStaff::Discord(discord), None, now).await.unwrap()),
    }
}

fn is_now(person: &Person) -> Was {
    match (person.staff, person.role_on) {
        (None, None) => Was::Nobody,
        (Some(StaffRole::Agent), Some(HERE)) => Was::ByRoleHere,
        (Some(StaffRole::Agent), Some(THERE)) => Was::ByRoleThere,
        (Some(StaffRole::Agent), None) => Was::ByOperator,
        _ => panic!("{person:?}"),
    }
}

#[tokio::test]
async fn help_channels_are_listened_to_and_no_others() {
    let mut talk = Script::trusting(&[]).await;
    let overheard = || Input::Overheard("how do i change my password".to_owned());
    talk.turn(5, Some(with(&[])), Some(HERE), overheard()).await;
    assert!(talk.reply.is_silent());
    assert!(talk.people().known(&Identity::Discord(5)).await.unwrap().is_none(), "made known by chatting");
    talk.manager_wants(ServerWish::Set(ServerSetting::Help, vec![4000])).await;
    for member in [Some(with(&[])), None] {
        talk.turn(5, member, Some(HERE), overheard()).await;
        assert!(shown(&talk.reply).contains("password"));
        assert_eq!(talk.reply.visibility, Visibility::Everyone);
    }
    talk.turn(5, Some(with(&[])), Some(THERE), overheard()).await;
    assert!(talk.reply.is_silent());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_comes_back_from_a_list_a_server_stays_sound(
        picked in prop_oneof![any::<String>(), "[0-9, ]{0,200}", "(2000|0|18446744073709551615|[0-9]{1,25})(,[0-9]{1,20}){0,60}"],
        setting in proptest::sample::select(ServerSetting::ALL.to_vec()),
        field in prop_oneof![Just(PICKED.to_owned()), any::<String>()],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut talk = Script::trusting(&[HERE]).await;
            let id = ChoiceId::from(format!("v1:server:pick:{}", setting.name()));
            let input = Input::Form { id, fields: vec![(field, picked)] };
            talk.turn(1, Some(manager()), Some(HERE), input).await;
            let server = talk.server(HERE).await;
            for own in ServerSetting::ALL {
                let chosen = server.chosen(own);
                assert!(chosen.len() <= usize::from(own.most()) && !chosen.contains(&0));
                assert!(own == setting || chosen.is_empty(), "another setting changed");
            }
            assert!(!server.roles.contains(&HERE));
            let lists = pickers(&talk.reply);
            assert!(lists.len() == 6 && lists.iter().all(|list| list.chosen.len() <= usize::from(list.most)));
        });
    }
}
