//! Buttons, menus, modals, files: what people do beyond typing.

use serde_json::json;
use serenity::all::{
    ActionRowComponent, ButtonStyle, CommandDataOptionValue, CreateActionRow, CreateButton, CreateInputText,
    CreateInteractionResponse, CreateModal, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    InputTextStyle, Interaction,
};

use super::bot::{World, pong, says};

fn buttons() -> CreateInteractionResponse {
    let menu = CreateSelectMenuKind::String { options: vec![CreateSelectMenuOption::new("Low", "low")] };
    CreateInteractionResponse::Message(says("Did that help?").components(vec![
        CreateActionRow::Buttons(vec![
            CreateButton::new("yes").label("Yes").style(ButtonStyle::Success),
            CreateButton::new("no").label("No"),
        ]),
        CreateActionRow::SelectMenu(CreateSelectMenu::new("priority", menu)),
    ]))
}

#[tokio::test]
async fn a_button_changes_its_message() {
    let world = World::new().await;
    let (asked, command) = world.ping().await;
    command.create_response(&world.bot.http, buttons()).await.unwrap();
    let shown = asked.shown().await;
    assert_eq!(shown.button("Yes").as_deref(), Some("yes"));

    let pressed = world.double.press_labelled(world.alice, shown.id, "Yes");
    let Interaction::Component(press) = world.bot.interaction().await else { panic!("no press") };
    assert_eq!((press.data.custom_id.as_str(), press.message.content.as_str()), ("yes", "Did that help?"));
    let change = says("Good.").components(vec![]);
    press.create_response(&world.bot.http, CreateInteractionResponse::UpdateMessage(change)).await.unwrap();
    let shown = pressed.shown().await;
    assert_eq!((shown.id, shown.content.as_str()), (asked.shown().await.id, "Good."));
    assert!(shown.components.is_empty());
    assert_eq!(world.double.messages(world.channel).len(), 1);
    world.double.assert_clean();
}

#[tokio::test]
async fn a_press_can_be_acknowledged_and_its_message_changed_later() {
    let world = World::new().await;
    let (asked, command) = world.ping().await;
    command.create_response(&world.bot.http, buttons()).await.unwrap();
    let chosen = world.double.select(world.alice, asked.shown().await.id, "priority", &["low"]);
    let Interaction::Component(choice) = world.bot.interaction().await else { panic!("no choice") };
    choice.create_response(&world.bot.http, CreateInteractionResponse::Acknowledge).await.unwrap();
    let edit = serenity::all::EditInteractionResponse::new().content("Low it is.");
    let edit = edit.allowed_mentions(serenity::all::CreateAllowedMentions::new());
    choice.edit_response(&world.bot.http, edit).await.unwrap();
    assert_eq!(chosen.shown().await.content, "Low it is.");
    assert_eq!(chosen.edits().len(), 1);
    world.double.assert_clean();
}

#[tokio::test]
async fn a_modal_is_filled_in() {
    let world = World::new().await;
    let (asked, command) = world.ping().await;
    let input = |id: &str| CreateInputText::new(InputTextStyle::Short, id, id);
    let rows = vec![
        CreateActionRow::InputText(input("subject")),
        CreateActionRow::InputText(input("details").required(false)),
    ];
    let modal = CreateModal::new("case", "Open a case").components(rows);
    command.create_response(&world.bot.http, CreateInteractionResponse::Modal(modal)).await.unwrap();
    let filled = world.double.submit(&asked, &[("subject", "It is broken")]).await;
    let Interaction::Modal(modal) = world.bot.interaction().await else { panic!("no modal") };
    let values = modal.data.components.iter().map(|row| match &row.components[0] {
        ActionRowComponent::InputText(input) => input.value.clone().unwrap_or_default(),
        other => panic!("no input: {other:?}"),
    });
    assert_eq!(values.collect::<Vec<_>>(), ["It is broken", ""]);
    modal.create_response(&world.bot.http, pong()).await.unwrap();
    assert_eq!(filled.shown().await.content, "pong");
    world.double.assert_clean();
}

#[tokio::test]
async fn files_and_words_come_with_a_sub_command() {
    let world = World::new().await;
    let file = world.double.gives(world.channel, &("a b.txt", "text/plain", b"bytes"));
    let options = json!({ "subject": "s", "file": file });
    world.double.slash(world.alice, world.channel, "case open", &options);
    let Interaction::Command(command) = world.bot.interaction().await else { panic!("no command") };
    let CommandDataOptionValue::SubCommand(options) = &command.data.options[0].value else {
        panic!("no sub-command")
    };
    assert_eq!(options[0].value.as_str(), Some("s"));
    let CommandDataOptionValue::Attachment(id) = options[1].value else { panic!("no file") };
    let file = &command.data.resolved.attachments[&id];
    assert_eq!((file.filename.as_str(), file.size), ("a_b.txt", 5));
    assert_eq!(file.download().await.unwrap(), b"bytes");
}

#[tokio::test]
async fn menus_of_messages_and_people_tell_what_they_were_opened_on() {
    let world = World::new().await;
    let message = world.double.says(world.alice, world.channel, "It is broken");
    world.double.menu(world.alice, "Open a case from this", message);
    let Interaction::Command(command) = world.bot.interaction().await else { panic!("no command") };
    let Some(serenity::all::ResolvedTarget::Message(target)) = command.data.target() else {
        panic!("no message")
    };
    assert_eq!(target.content, "It is broken");
    let agent = world.double.add_member(world.guild, "Agent", &[]);
    world.double.user_menu(agent, world.channel, "Open a case for them", world.alice);
    let Interaction::Command(command) = world.bot.interaction().await else { panic!("no command") };
    let Some(serenity::all::ResolvedTarget::User(user, Some(_))) = command.data.target() else {
        panic!("no user")
    };
    assert_eq!(user.id.get(), world.alice.0);
    world.double.assert_clean();
}

#[tokio::test]
async fn commands_work_in_private_too() {
    let world = World::new().await;
    let dm = world.double.dm(world.alice);
    let act = world.double.slash(world.alice, dm, "ping", &json!({}));
    let Interaction::Command(command) = world.bot.interaction().await else { panic!("no command") };
    assert!(command.member.is_none() && command.guild_id.is_none());
    command.create_response(&world.bot.http, pong()).await.unwrap();
    assert_eq!(act.shown().await.channel, dm);
    assert_eq!(world.double.dms(world.alice).len(), 1);
    world.double.assert_clean();
}

#[tokio::test]
async fn an_answer_of_the_wrong_kind_is_refused() {
    let world = World::new().await;
    let (_, command) = world.ping().await;
    let refused = command.create_response(&world.bot.http, CreateInteractionResponse::Acknowledge).await;
    assert_eq!(super::basics::code(refused), 50035);
    let refused =
        command.create_response(&world.bot.http, CreateInteractionResponse::Message(says(""))).await;
    assert_eq!(super::basics::code(refused), 50006);
    let refused = command.edit_response(&world.bot.http, serenity::all::EditInteractionResponse::new()).await;
    assert_eq!(super::basics::code(refused), 10015, "before the first answer there is nothing to change");
    command.create_response(&world.bot.http, pong()).await.unwrap();
}

#[tokio::test]
async fn a_message_that_pings_is_held_against_the_bot() {
    let world = World::new().await;
    let (_, command) = world.ping().await;
    let loud = serenity::all::CreateInteractionResponseMessage::new().content(format!("<@{}>", world.alice));
    command.create_response(&world.bot.http, CreateInteractionResponse::Message(loud)).await.unwrap();
    let violations: Vec<_> = world.double.check().iter().map(ToString::to_string).collect();
    assert_eq!(violations.len(), 2, "{violations:?}");
    assert!(violations.iter().any(|violation| violation.starts_with("a message pings")), "{violations:?}");
    let (_, command) = world.ping().await;
    let silent = CreateInteractionResponse::Message(says(&format!("@everyone <@{}>", world.alice)));
    command.create_response(&world.bot.http, silent).await.unwrap();
    assert_eq!(world.double.check().len(), 2, "nobody was pinged by this one");
}

#[tokio::test]
async fn a_button_of_an_earlier_version_can_be_pressed_in_any_server() {
    let world = World::new().await;
    let second = world.double.add_guild("Globex");
    let channel = world.double.add_channel(second, "help");
    let bob = world.double.add_member(second, "Bob", &[]);
    let button = json!({ "type": 2, "style": 1, "label": "More", "custom_id": "v0:more" });
    let body = json!({ "content": "Old", "components": [{ "type": 1, "components": [button] }] });
    let old = world.double.sent_long_ago(channel, &body);
    let pressed = world.double.press(bob, old, "v0:more");
    let Interaction::Component(press) = world.bot.interaction().await else { panic!("no press") };
    assert_eq!(press.guild_id.map(serenity::all::GuildId::get), Some(second.0));
    press.create_response(&world.bot.http, pong()).await.unwrap();
    assert_eq!(pressed.shown().await.content, "pong");
    world.double.assert_clean();
}
