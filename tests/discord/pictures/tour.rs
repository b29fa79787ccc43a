//! What the pictures show: a short tour of the real program, from setting it up to the queue of staff.

use serde_json::json;

use super::recording::{Part, Picture};
use crate::discord::double::rights::MANAGE_THREADS;
use crate::discord::double::{Act, Id};
use crate::discord::world::World;

/// What the case is about.
const MATTER: &str = "A restricted contact still sees our licences";

/// The pictures, in the order of the tour. Every step waits for what it brings about, so that each run shows the same.
pub async fn tour() -> Vec<Picture> {
    let mut world = World::bare().await;
    world.settings.push(format!("discord.guilds={}", world.guild));
    world.start().await;
    world.set_up().await;
    let mut pictures = vec![setup(&world).await];
    let opened = panel(&world, &mut pictures).await;
    pictures.push(command(&world).await);
    pictures.push(question(&world).await);
    pictures.push(case(&mut world, &opened).await);
    pictures.push(queue(&mut world).await);
    world.stop();
    world.assert_clean();
    pictures
}

/// What a manager chooses.
async fn setup(world: &World) -> Picture {
    let (mona, lobby, double) = (world.mona, world.lobby, &world.double);
    let support = double.add_role(world.guild, "Support", MANAGE_THREADS);
    let shown = double.slash(mona, lobby, "setup", &json!({}));
    let roles = shown.followup(0).await;
    double.select(mona, roles.id, "v1:server:pick:roles", &[&support.to_string()]).answer().await;
    let shown = double.slash(mona, lobby, "setup", &json!({}));
    let (first, roles) = (shown.shown().await, shown.followup(0).await);
    Picture::of(double, "setup", lobby).with(double, first.id).with(double, roles.id)
}

/// What a manager posts for all, and the form behind one of its buttons.
async fn panel(world: &World, pictures: &mut Vec<Picture>) -> Act {
    let (lobby, double) = (world.lobby, &world.double);
    let posted = double.slash(world.mona, lobby, "panel", &json!({})).shown().await;
    let opened = double.press_labelled(world.alice, posted.id, "Open a case");
    pictures.push(Picture::of(double, "panel", lobby).with(double, posted.id));
    pictures.push(Picture::of(double, "form", lobby).with_form(&opened, MATTER).await);
    opened
}

/// A question by command, which is completed while it is typed.
async fn command(world: &World) -> Picture {
    let (alice, help, double) = (world.alice, world.help, &world.double);
    let text = "security con";
    let typing = double.types(alice, help, "ask", &json!({ "question": text }), "question");
    let offers: Vec<String> = typing.choices().await.into_iter().map(|(name, _)| name).collect();
    let asked = double.slash(alice, help, "ask", &json!({ "question": offers[0] })).shown().await;
    // A client shows the first of them, and the others when one scrolls.
    let offers = offers.into_iter().take(4).collect();
    let mut picture = Picture::of(double, "ask", help);
    picture.parts.push(Part::Typing { command: "ask", option: "question", text, offers });
    picture.with(double, asked.id)
}

/// A question as people write it, beside what they say to each other.
async fn question(world: &World) -> Picture {
    let (help, double) = (world.help, &world.double);
    let carol = double.add_member(world.guild, "Carol", &[]);
    let talk = double.says(world.bo, help, "Morning everybody. Coffee is back on the second floor.");
    let asked = double.says(carol, help, "how do I add a contact to our account?");
    let answer = double.answer_after(help, asked).await;
    Picture::of(double, "question", help).with(double, talk).with(double, asked).with(double, answer.id)
}

/// A case from its opening by that form to its rating, as its requester sees it in its thread.
async fn case(world: &mut World, form: &Act) -> Picture {
    let (alice, bo, double) = (world.alice, world.bo, world.double.clone());
    let sent = double.submit(form, &[("text", MATTER)]).await;
    world.presses_on(alice, &sent).await;
    let thread = world.thread("CASE-000001").await;
    let opening = world.said(thread, "CASE-000001 · entry 1").await;
    joins(world, thread, alice).await;
    let told = world.said(world.staff, "CASE-000001").await;
    double.press_labelled(bo, told.id, "Take it").shown().await;
    joins(world, thread, bo).await;
    let mut picture = Picture::of(&double, "case", thread).with(&double, opening.id);
    for (who, text) in [
        (bo, "Their rights change when they sign in. Please let them sign out and in again: is it gone?"),
        (alice, "It is gone, thank you!"),
    ] {
        let said = double.says(who, thread, text);
        world.until_case_shows(bo, "1", text).await;
        picture = picture.with(&double, said);
    }
    let solving = double.slash(bo, thread, "solve", &json!({ "case": "1" }));
    double.submit(&solving, &[]).await.shown().await;
    let end = world.said(thread, "is solved").await;
    picture = picture.with(&double, end.id);
    let rating = double.press_labelled(alice, end.id, "Rate it").shown().await;
    picture.with(&double, rating.id)
}

/// What waits for staff.
async fn queue(world: &mut World) -> Picture {
    let (alice, bo, staff, double) = (world.alice, world.bo, world.staff, world.double.clone());
    let dan = double.add_member(world.guild, "Dan", &[]);
    opens(world, dan, "Invoices go to a colleague who has left").await;
    world.said(staff, "CASE-000002").await;
    opens(world, alice, "Nobody of us can sign in to Citrix Cloud").await;
    world.said(staff, "CASE-000003").await;
    let urgent = json!({ "case": "3", "priority": "urgent" });
    double.slash(bo, staff, "case priority", &urgent).shown().await;
    opens(world, dan, "Our support contract is not shown").await;
    let told = world.said(staff, "CASE-000004").await;
    let queue = double.slash(bo, staff, "queue", &json!({})).shown().await;
    let picture = Picture::of(&double, "queue", staff).with(&double, told.id).with(&double, queue.id);
    let taken = double.press_labelled(bo, told.id, "Take it").shown().await;
    picture.with(&double, taken.id)
}

/// Somebody opens a case whose product is known.
async fn opens(world: &mut World, who: Id, text: &str) {
    let options = json!({ "text": text, "product": "citrix-account" });
    let begun = world.double.slash(who, world.help, "case open", &options);
    let opened = world.presses_on(who, &begun).await;
    assert!(opened.words().contains("is open"), "{}", opened.words());
}

/// Waits until somebody is in a thread.
async fn joins(world: &World, thread: Id, who: Id) {
    world
        .double
        .wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&who))
        .await;
}
