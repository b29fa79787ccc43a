//! Discord's order of rights, case by case and as laws.

use proptest::prelude::*;
use serde_json::json;

use super::rights::*;

const SERVER: u64 = 1;
const ME: u64 = 50;

fn role(id: u64, permissions: u64) -> Role {
    Role { id, name: format!("role {id}"), permissions }
}

fn of_role(id: u64, allow: u64, deny: u64) -> Overwrite {
    Overwrite { id, kind: OF_A_ROLE, allow, deny }
}

fn of_member(id: u64, allow: u64, deny: u64) -> Overwrite {
    Overwrite { id, kind: OF_A_MEMBER, allow, deny }
}

fn me(roles: &[u64]) -> Holder {
    Holder { user: Some(ME), roles: roles.iter().copied().collect(), is_owner: false }
}

fn rights(roles: &[Role], overwrites: &[Overwrite], who: &Holder) -> u64 {
    in_channel(SERVER, on_server(SERVER, roles, who), overwrites, who)
}

#[test]
fn rights_are_worked_out_as_discord_documents_it() {
    let roles = [role(SERVER, 0b0011), role(2, 0b0100), role(3, 0b1_0000), role(4, ADMINISTRATOR)];
    let owner = Holder { is_owner: true, ..me(&[]) };
    let table: &[(&str, Holder, Vec<Overwrite>, u64)] = &[
        ("everybody's role counts for everybody", me(&[]), vec![], 0b0011),
        ("roles add up", me(&[2, 3]), vec![], 0b1_0111),
        ("a role that is gone gives nothing", me(&[99]), vec![], 0b0011),
        ("the owner may everything", owner.clone(), vec![], ALL),
        ("whatever a channel says", owner, vec![of_member(ME, 0, ALL)], ALL),
        ("an administrator may everything", me(&[4]), vec![of_role(4, 0, ALL), of_member(ME, 0, ALL)], ALL),
        ("a channel takes from everybody", me(&[2]), vec![of_role(SERVER, 0, 0b0110)], 0b0001),
        ("and gives to everybody", me(&[]), vec![of_role(SERVER, 0b1000_0000, 0)], 0b1000_0011),
        (
            "a role gets back what everybody lost",
            me(&[2]),
            vec![of_role(2, 0b0010, 0), of_role(SERVER, 0, 0b0011)],
            0b0110,
        ),
        ("a role that is not held changes nothing", me(&[2]), vec![of_role(3, ALL, 0)], 0b0111),
        (
            "among roles, one that allows is enough",
            me(&[2, 3]),
            vec![of_role(2, 0b0001, 0), of_role(3, 0, 0b0001)],
            0b1_0111,
        ),
        ("the person comes last", me(&[2]), vec![of_role(2, 0b0001, 0), of_member(ME, 0, 0b0001)], 0b0110),
        (
            "and gets back what roles lost",
            me(&[2]),
            vec![of_member(ME, 0b0100, 0), of_role(2, 0, 0b0100)],
            0b0111,
        ),
        ("another person changes nothing", me(&[]), vec![of_member(51, ALL, 0)], 0b0011),
        ("a person's number is no role's", me(&[ME]), vec![of_role(ME, 0b1000, 0)], 0b1011),
        ("nor a role's a person's", me(&[2]), vec![of_member(2, ALL, 0)], 0b0111),
        ("whoever has a role is no person", Holder::of_role(2), vec![of_member(ME, ALL, 0)], 0b0111),
    ];
    for (what, who, overwrites, expected) in table {
        assert_eq!(rights(&roles, overwrites, who), *expected, "{what}");
    }
}

#[test]
fn answers_of_discord_are_read() {
    let of_discord = json!({ "id": "2", "name": "Staff", "permissions": "274877906944", "position": 3 });
    let read: Role = serde_json::from_value(of_discord).unwrap();
    assert_eq!(read, Role { id: 2, name: "Staff".to_owned(), permissions: 1 << 38 });
    let of_discord = json!({ "id": "50", "type": 1, "allow": "0", "deny": "18446744073709551615" });
    assert_eq!(serde_json::from_value::<Overwrite>(of_discord).unwrap(), of_member(50, 0, u64::MAX));
    for wrong in [json!({ "id": 2, "type": 1, "allow": "0", "deny": "0" }), json!({ "id": "-2", "type": 1 })]
    {
        assert!(serde_json::from_value::<Overwrite>(wrong.clone()).is_err(), "{wrong}");
    }
}

/// Roles 1 to 6 (1 is everybody's), without administrators.
fn roles() -> impl Strategy<Value = Vec<Role>> {
    prop::collection::vec(any::<u64>(), 6)
        .prop_map(|given| (SERVER..).zip(given).map(|(id, given)| role(id, given & !ADMINISTRATOR)).collect())
}

/// At most one overwrite for each role and person, as Discord keeps them, in any order.
fn overwrites() -> impl Strategy<Value = Vec<Overwrite>> {
    let one = (any::<bool>(), any::<u64>(), any::<u64>());
    prop::collection::btree_map(1_u64..8, one, 0..6)
        .prop_map(|all| {
            let overwrite = |(id, (of_person, allow, deny)): (u64, (bool, u64, u64))| {
                // Discord refuses to allow and deny the same at once.
                if of_person {
                    of_member(id + ME - 4, allow, deny & !allow)
                } else {
                    of_role(id, allow, deny & !allow)
                }
            };
            all.into_iter().map(overwrite).collect::<Vec<_>>()
        })
        .prop_shuffle()
}

fn holder() -> impl Strategy<Value = Holder> {
    prop::collection::btree_set(2_u64..7, 0..4).prop_map(|roles| Holder {
        user: Some(ME),
        roles,
        is_owner: false,
    })
}

/// The same as one question after the other about a single permission: the first that says anything decides.
fn decided(bit: u64, roles: &[Role], overwrites: &[Overwrite], who: &Holder) -> bool {
    let any = |is_meant: &dyn Fn(&Overwrite) -> bool, of: &dyn Fn(&Overwrite) -> u64| {
        overwrites.iter().any(|one| is_meant(one) && of(one) & bit != 0)
    };
    let (allow, deny) = (|one: &Overwrite| one.allow, |one: &Overwrite| one.deny);
    let them = |one: &Overwrite| one.kind == OF_A_MEMBER && one.id == ME;
    let held = |one: &Overwrite| one.kind == OF_A_ROLE && one.id != SERVER && who.roles.contains(&one.id);
    let everybody = |one: &Overwrite| one.kind == OF_A_ROLE && one.id == SERVER;
    let ranks: [&dyn Fn(&Overwrite) -> bool; 3] = [&them, &held, &everybody];
    for rank in ranks {
        if any(rank, &allow) {
            return true;
        }
        if any(rank, &deny) {
            return false;
        }
    }
    let counts = |role: &&Role| role.id == SERVER || who.roles.contains(&role.id);
    roles.iter().filter(counts).any(|role| role.permissions & bit != 0)
}

proptest! {
    #[test]
    fn each_permission_is_decided_by_the_closest_that_says_anything(
        roles in roles(), overwrites in overwrites(), who in holder(),
    ) {
        let rights = rights(&roles, &overwrites, &who);
        for bit in (0..64).map(|place| 1_u64 << place) {
            prop_assert_eq!(rights & bit != 0, decided(bit, &roles, &overwrites, &who), "bit {:#x}", bit);
        }
    }

    #[test]
    fn an_administrator_may_everything_everywhere(
        mut roles in roles(), overwrites in overwrites(), who in holder(), which in 0_usize..6,
    ) {
        roles[which].permissions |= ADMINISTRATOR;
        let is_theirs = roles[which].id == SERVER || who.roles.contains(&roles[which].id);
        prop_assert_eq!(on_server(SERVER, &roles, &who) == ALL, is_theirs);
        if is_theirs {
            prop_assert_eq!(rights(&roles, &overwrites, &who), ALL);
        }
    }
}
