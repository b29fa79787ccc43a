//! Forms become modals that Discord takes.

use insta::assert_snapshot;
use proptest::prelude::*;

use crate::chat::choice::FlowVerb;
use crate::chat::{Choice, ChoiceId, Field, FieldKind, Form, Reply, Ticket, Verb};
use crate::platforms::discord::render::Modal;

use super::sample::shown;

fn field(name: &str, label: &str, optional: bool, most: usize) -> Field {
    let kind = if most > 200 { FieldKind::Paragraphs } else { FieldKind::Line };
    Field { name: name.to_owned(), label: label.to_owned(), kind, optional, most, value: None }
}

fn form(fields: Vec<Field>) -> Form {
    let id = ChoiceId::of(&Verb::Flow(Ticket::new(7), FlowVerb::Form("text".to_owned())));
    Form { id, title: "Reply to CASE-000042".to_owned(), at_once: true, fields }
}

fn bodies(form: &Form) -> String {
    let pages = Modal::pages(form);
    let bodies = pages.iter().map(|page| serde_json::to_string_pretty(&page.body()).unwrap());
    bodies.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_form_is_a_modal() {
    let long = "What did you see before it happened, and since when does it happen?";
    let fields = vec![
        field("text", "What would you like to say?", false, 20_000),
        field("why", "Why", true, 200),
        field("when", long, false, 0),
        field("text", "Again", false, 10),
        Field { value: Some("Ada Admin".to_owned()), ..field("name", "Name *", false, 80) },
    ];
    assert_snapshot!(bodies(&form(fields)));
}

#[test]
fn a_form_that_is_not_shown_at_once_is_a_button() {
    let form = form(vec![field("text", "Message", false, 20_000)]);
    let choices = vec![Choice::new(&Verb::Flow(Ticket::new(7), FlowVerb::Cancel), "Cancel")];
    let alone = Reply { form: Some(form.clone()), choices, ..Reply::default() };
    let asked = Reply { form: Some(form), ..super::sample::answer() };
    assert_snapshot!(format!("{}\n{}", shown(&alone), shown(&asked)));
}

#[test]
fn a_long_form_goes_on_in_pages() {
    let fields: Vec<Field> = (0..12).map(|n| field(&format!("f{n}"), "Name", false, 10)).collect();
    let form = form(fields);
    let pages = Modal::pages(&form);
    let sizes: Vec<usize> = pages.iter().map(|page| page.inputs.len()).collect();
    assert_eq!(sizes, [5, 5, 2]);
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(Modal::page_of(&page.custom_id), (at + 1, form.id.as_str()));
        assert_eq!(ChoiceId::from(page.custom_id.clone()).verb().is_some(), at == 0);
    }
}

#[test]
fn ids_that_are_no_pages_are_forms() {
    for id in ["v1:ask", "p1:v1:ask", "p:v1:ask", "px:v1:ask", "p2", "", "p-2:x"] {
        assert_eq!(Modal::page_of(id), (1, id));
    }
    assert_eq!(Modal::page_of("p12:v1:ask"), (12, "v1:ask"));
}

#[test]
fn where_the_id_leaves_no_room_there_is_only_the_first_page() {
    let fields: Vec<Field> = (0..7).map(|n| field(&format!("f{n}"), "Name", false, 10)).collect();
    let of = |length: usize| Form { id: ChoiceId::from("x".repeat(length)), ..form(fields.clone()) };
    let pages = |length: usize| Modal::pages(&of(length)).len();
    assert_eq!([pages(97), pages(98), pages(100), pages(101), pages(0)], [2, 1, 1, 0, 0]);
    assert!(Modal::pages(&form(Vec::new())).is_empty());
}

proptest! {
    #[test]
    fn every_modal_is_within_the_limits(form in super::strategy::form()) {
        for modal in Modal::pages(&form) {
            let broken = super::limits::of_modal(&modal.body());
            prop_assert!(broken.is_empty(), "{:?}", broken);
        }
    }
}
