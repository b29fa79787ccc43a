//! What can be done to an account, as a table: every change by everybody under both models.

use std::fmt::Write;

use super::*;

fn every_change() -> Vec<AccountChange> {
    use AccountChange::*;
    let secure = |all: &[ContactId]| ChooseModel(ModelChoice::Secure { administrators: set(all.to_vec()) });
    let restrict = |contact, ids: &[&str]| RestrictToolboxes {
        contact,
        toolboxes: set(ids.iter().map(|id| toolbox(id))),
    };
    let assign =
        |ids: &[&str], contact| AssignRenewals { licences: set(ids.iter().map(|id| licence(id))), contact };
    vec![
        AddContact(details("New")),
        AddContact(details("Ann")),
        AddContact(details("Ray")),
        Join { contact: INVITED, person: PersonId(205) },
        Join { contact: INVITED, person: PersonId(101) },
        Join { contact: DEE, person: PersonId(205) },
        UpdateCompany(form("Acme Ltd")),
        UpdateCompany(form("Acme")),
        UpdateContact {
            contact: DEE,
            details: ContactDetails { phone: Some("123 45".to_owned()), ..details("Dee") },
        },
        UpdateContact {
            contact: DEE,
            details: ContactDetails { mail: mail("d@example.org"), ..details("Dee") },
        },
        UpdateContact { contact: DEE, details: details("Bo") },
        UpdateContact { contact: INVITED, details: details("Iva") },
        UpdateContact { contact: REMOVED, details: details("Ray") },
        RemoveContact(CY),
        RemoveContact(BO),
        RemoveContact(INVITED),
        RemoveContact(STRANGER),
        SetSecurityContacts(set([ANN, BO, DEE])),
        SetSecurityContacts(set([ANN, BO, CY, DEE])),
        SetSecurityContacts(set([CY, INVITED])),
        SetSecurityContacts(set([])),
        MarkSecurityContact { contact: DEE, security: true },
        MarkSecurityContact { contact: CY, security: false },
        MarkSecurityContact { contact: CY, security: true },
        GrantAdministrator(CY),
        GrantAdministrator(INVITED),
        GrantAdministrator(ANN),
        WithdrawAdministrator(BO),
        WithdrawAdministrator(CY),
        restrict(DEE, &["cases", "downloads"]),
        restrict(CY, &[]),
        restrict(DEE, &["cases", "kitchen"]),
        restrict(ANN, &["cases"]),
        ChooseModel(ModelChoice::Open),
        secure(&[ANN, DEE]),
        secure(&[ANN]),
        secure(&[ANN, INVITED]),
        secure(&[ANN, REMOVED]),
        assign(&["LIC-1", "LIC-2"], DEE),
        assign(&["LIC-1"], CY),
        assign(&["LIC-1", "LIC-3"], DEE),
        assign(&["LIC-1"], INVITED),
        assign(&[], DEE),
    ]
}

/// What came of it, in as few words as fit into a table.
fn outcome(decided: &Result<Decision, Refusal>) -> String {
    let decision = match decided {
        Ok(decision) => decision,
        Err(Refusal::NotAllowed { needs }) => return format!("✗ needs {needs:?}"),
        Err(why) => return format!("✗ {why:?}"),
    };
    let mut said: Vec<String> = decision.entry.differences.iter().map(difference).collect();
    let told = |one: &Concerned| {
        let what = match one.told {
            Told::Invitation => "invitation",
            Told::Change => "mail",
            Told::OldAddress => "mail to the old address",
        };
        format!("{what} {}", one.mail.local())
    };
    said.extend(decision.concerned.iter().map(told));
    said.join("; ")
}

fn difference(difference: &Difference) -> String {
    fn arrow<T: std::fmt::Debug>(what: &str, pair: &Pair<T>) -> String {
        format!("{what} {:?}→{:?}", pair.before, pair.after).replace("Some(", "").replace([')', '"'], "")
    }
    match difference {
        Difference::Company { field, value } => arrow(field.key(), value),
        Difference::Model(pair) => arrow("model", pair),
        Difference::Renewal { licence, contact } => {
            let who = |id: Option<ContactId>| id.map_or("nobody".to_owned(), |id| id.to_string());
            format!("{licence} {}→{}", who(contact.before), who(contact.after))
        }
        Difference::Contact { contact, fact } => {
            let said = match fact {
                ContactFact::Standing(pair) => arrow("standing", pair),
                ContactFact::Name(pair) => arrow("name", pair),
                ContactFact::Mail(pair) => {
                    let local =
                        |mail: &Option<MailAddress>| mail.as_ref().map(|mail| mail.local().to_owned());
                    arrow("mail", &Pair { before: local(&pair.before), after: local(&pair.after) })
                }
                ContactFact::Phone(pair) => arrow("phone", pair),
                ContactFact::Administrator(pair) => arrow("administrator", pair),
                ContactFact::Toolboxes(pair) => {
                    let names = |all: &BTreeSet<ToolboxId>| {
                        all.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
                    };
                    format!("toolboxes {}→{}", names(&pair.before), names(&pair.after))
                }
                ContactFact::Security(pair) => arrow("security", pair),
            };
            format!("{contact} {said}")
        }
    }
}

#[test]
fn every_change_by_everybody_under_both_models() {
    let everybody = [
        ("administrator", By::Contact(ANN)),
        ("restricted", By::Contact(CY)),
        ("without toolbox", By::Contact(DEE)),
        ("invited", By::Contact(INVITED)),
        ("removed", By::Contact(REMOVED)),
        ("stranger", By::Contact(STRANGER)),
        ("operator", By::Operator),
    ];
    let mut table = String::new();
    for change in every_change() {
        writeln!(table, "{change:?}").unwrap();
        for model in [AccessModel::Open, AccessModel::Secure] {
            // What is the same for several is said once.
            let mut rows: Vec<(String, Vec<&str>)> = Vec::new();
            for (who, by) in everybody {
                let said = outcome(&decide(&account(model), &change, by));
                match rows.iter_mut().find(|(before, _)| *before == said) {
                    Some((_, names)) => names.push(who),
                    None => rows.push((said, vec![who])),
                }
            }
            for (said, names) in rows {
                writeln!(table, "  {model:?}, {}: {said}", names.join(", ")).unwrap();
            }
        }
    }
    insta::assert_snapshot!(table);
}
