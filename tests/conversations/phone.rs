//! Calling support, and asking for a person.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::{World, library};

#[tokio::test]
async fn the_numbers_are_listed_with_who_answers_now() {
    let mut world = World::new().await;
    world.say("What is your phone number?").await;
    world.press("Germany").await;
    world.press("Show phone numbers").await;
    world.press("Canada").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_country_is_named_in_many_ways() {
    let mut world = World::new().await;
    for text in ["/phone uk", "phone number for Deutschland", "call the United States"] {
        world.say(text).await;
    }
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn opening_hours_are_those_of_the_moment() {
    let mut world = World::new().await;
    // Wednesday 11:00, 18:00, Friday 18:00, Saturday 11:00 and 14:00 in Berlin.
    for hours in [0, 7, 48, 17, 3] {
        world.clock.advance(TimeDelta::hours(hours));
        world.say("phone germany").await;
    }
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_country_without_a_number_is_told_with_those_that_have_one() {
    let mut world = World::new().await;
    world.say("/phone germny").await;
    world.press("Germany").await;
    world.say("/phone Atlantis").await;
    world.press_id("v1:phone:NZ").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_person_is_reached_by_phone() {
    let mut world = World::new().await;
    world.say("can I talk to a person please?").await;
    world.press("Show phone numbers").await;
    let mut night = World::new().await;
    night.desk.set_phone_numbers(library::phone_numbers().drain(..2).collect());
    night.clock.advance(TimeDelta::hours(-5));
    night.say("/person").await;
    let mut one = World::new().await;
    one.desk.set_phone_numbers(library::phone_numbers().drain(4..5).collect());
    one.say("/person").await;
    one.say("/phone").await;
    assert_snapshot!(format!("{}{}{}", world.transcript(), night.transcript(), one.transcript()));
}

#[tokio::test]
async fn a_desk_without_numbers_says_so() {
    let mut world = World::new().await;
    world.desk.set_phone_numbers(Vec::new());
    for text in ["/phone", "/phone germany", "talk to a person"] {
        world.say(text).await;
    }
    world.press_id("v1:phone:DE").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn many_countries_are_all_listed_and_some_have_a_button() {
    let mut world = World::new().await.wide(60);
    let number = library::phone_numbers().remove(0);
    let numbers = (b'A'..=b'Z').map(|letter| {
        let mut number = number.clone();
        number.country = guidepost::domain::CountryCode::parse(&format!("X{}", char::from(letter))).unwrap();
        number.name = format!("Country {}", char::from(letter));
        number
    });
    world.desk.set_phone_numbers(numbers.collect());
    world.say("/phone").await;
    let countries = world.reply.choices.iter().filter(|choice| choice.id.as_str().starts_with("v1:phone:"));
    assert_eq!(countries.count(), 20);
    assert!(world.transcript().contains("Country Z"), "{}", world.transcript());
    world.say("phone country z").await;
    assert!(world.transcript().contains("Country Z: +1 202 555 0142"), "{}", world.transcript());
}
