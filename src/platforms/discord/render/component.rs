//! What can be pressed and picked in a message, row by row.

use serde_json::{Value, json};

/// The most buttons of a row.
pub const MOST_BUTTONS: usize = 5;
/// The most options of a list.
pub const MOST_OPTIONS: usize = 25;
/// The longest text on a button.
pub const MOST_LABEL: usize = 80;
/// The longest text of an option, and of what is said about it.
pub const MOST_OPTION: usize = 100;
/// The longest id.
pub const MOST_ID: usize = 100;
/// The longest text over a list in which nothing is picked.
pub const MOST_PLACEHOLDER: usize = 150;

/// Discord's number for a row.
pub const ACTION_ROW: u8 = 1;

/// A row: up to five buttons, or one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Buttons, from left to right.
    Buttons(Vec<Button>),
    /// A list to pick one option from; its value is the [`ChoiceId`](crate::chat::ChoiceId) that picking it presses.
    List(List),
    /// A list of the server's channels or roles.
    Picker(Picker),
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What is pressed: the choice's own id, unchanged.
    pub custom_id: String,
    /// What is on it.
    pub label: String,
    /// How much it stands out.
    pub style: ButtonStyle,
}

/// How much a button stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ButtonStyle {
    /// What leads on: one in a message at the most.
    Primary,
    /// Everything else. Nothing that the desk offers on a button destroys anything, so nothing is red.
    Secondary,
}

/// A list of options.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// `s:` and a number; it means nothing.
    pub custom_id: String,
    /// What stands in it until something is picked.
    pub placeholder: String,
    /// What can be picked.
    pub options: Vec<ListOption>,
}

/// What can be picked from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListOption {
    /// What is pressed.
    pub value: String,
    /// Its text.
    pub label: String,
    /// What else is to know of it.
    pub description: Option<String>,
    /// Whether it is what holds now.
    pub is_chosen: bool,
}

/// A list of the server's channels or roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picker {
    /// What picking means: the choice's own id, unchanged.
    pub custom_id: String,
    /// What stands in it until something is picked.
    pub placeholder: String,
    /// Of what.
    pub of: PickerOf,
    /// The numbers of those that are picked now.
    pub chosen: Vec<u64>,
    /// The most that can be picked.
    pub most: u8,
}

/// What is picked from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickerOf {
    /// Text and announcement channels.
    TextChannels,
    /// Text channels: an announcement channel has no private threads.
    ChannelsWithThreads,
    /// Forums.
    ForumChannels,
    /// Roles.
    Roles,
}

impl Row {
    /// As Discord takes it.
    #[must_use]
    pub fn value(&self) -> Value {
        let components = match self {
            Self::Buttons(buttons) => buttons.iter().map(Button::value).collect(),
            Self::List(list) => vec![list.value()],
            Self::Picker(picker) => vec![picker.value()],
        };
        json!({ "type": ACTION_ROW, "components": components })
    }
}

impl Button {
    fn value(&self) -> Value {
        let style = match self.style {
            ButtonStyle::Primary => 1,
            ButtonStyle::Secondary => 2,
        };
        json!({ "type": 2, "style": style, "label": self.label, "custom_id": self.custom_id })
    }
}

impl List {
    fn value(&self) -> Value {
        json!({
            "type": 3,
            "custom_id": self.custom_id,
            "placeholder": self.placeholder,
            "options": self.options.iter().map(ListOption::value).collect::<Vec<_>>(),
        })
    }
}

impl ListOption {
    fn value(&self) -> Value {
        let mut value = json!({ "label": self.label, "value": self.value, "default": self.is_chosen });
        if let (Some(object), Some(text)) = (value.as_object_mut(), &self.description) {
            object.insert("description".to_owned(), json!(text));
        }
        value
    }
}

impl Picker {
    fn value(&self) -> Value {
        let (kind, of, channels) = match self.of {
            PickerOf::TextChannels => (8, "channel", Some(json!([0, 5]))),
            PickerOf::ChannelsWithThreads => (8, "channel", Some(json!([0]))),
            PickerOf::ForumChannels => (8, "channel", Some(json!([15]))),
            PickerOf::Roles => (6, "role", None),
        };
        let chosen: Vec<Value> =
            self.chosen.iter().map(|id| json!({ "id": id.to_string(), "type": of })).collect();
        let mut value = json!({
            "type": kind,
            "custom_id": self.custom_id,
            "placeholder": self.placeholder,
            "min_values": 0,
            "max_values": self.most,
            "default_values": chosen,
        });
        if let (Some(object), Some(channels)) = (value.as_object_mut(), channels) {
            object.insert("channel_types".to_owned(), channels);
        }
        value
    }
}
