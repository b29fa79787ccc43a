//! Forms as Discord shows them: modals of up to five fields.

use serde_json::{Value, json};

use crate::chat::{Field, FieldKind, Form};
use crate::replies::{Locale, discord};

use super::clean::{label, line, shortened, size};
use super::component::{ACTION_ROW, MOST_ID};

/// The most fields of a modal.
const MOST_INPUTS: usize = 5;
/// The longest title of a modal, and the longest text over a field.
const MOST_TITLE: usize = 45;
/// The longest text within an empty field.
const MOST_PLACEHOLDER: usize = 100;
/// The most characters that a field takes; who has more to say sends a message.
const MOST_TEXT: usize = 4_000;

/// A form, or a page of one.
///
/// The first page's `custom_id` is the form's own id. A form of more than five fields goes on: page 2 has `p2:` and the form's id, and
/// so on. No choice's id begins so, since these begin with their version (`v1:`). Discord lets no modal follow a modal, so between
/// two pages stands a button; its id is the page's, too ([`Modal::custom_id`]). [`Modal::page_of`] reads both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modal {
    /// The page's id.
    pub custom_id: String,
    /// What stands above it.
    pub title: String,
    /// One to five of them.
    pub inputs: Vec<TextInput>,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextInput {
    /// The field's name.
    pub custom_id: String,
    /// What stands over it.
    pub label: String,
    /// What stands in it to begin with.
    pub value: Option<String>,
    /// What stands in it while it is empty.
    pub placeholder: Option<String>,
    /// Whether it takes several lines.
    pub is_long: bool,
    /// Whether something has to be typed.
    pub is_required: bool,
    /// The most characters.
    pub most: usize,
}

impl Modal {
    /// The form's pages; none where it has no field that Discord could show.
    ///
    /// Where the form's id leaves no room for the page's number there is only the first page. What it has is handed in, and the desk
    /// asks again for what is missing.
    #[must_use]
    pub fn pages(form: &Form) -> Vec<Self> {
        let mut names: Vec<&str> = Vec::new();
        let fields = form.fields.iter().filter(|field| {
            let is_name = !field.name.trim().is_empty() && size(&field.name) <= MOST_ID;
            let is_new = is_name && !names.contains(&field.name.as_str());
            if is_new {
                names.push(&field.name);
            }
            is_new
        });
        let inputs: Vec<TextInput> = fields.map(TextInput::of).collect();
        let title = label(&form.title, MOST_TITLE);
        let page = |(at, inputs): (usize, &[TextInput])| {
            let custom_id = page_id(form.id.as_str(), at + 1);
            Self { custom_id, title: title.clone(), inputs: inputs.to_vec() }
        };
        let fits = |modal: &Self| (1..=MOST_ID).contains(&size(&modal.custom_id));
        inputs.chunks(MOST_INPUTS).enumerate().map(page).take_while(fits).collect()
    }

    /// Which page of which form an id names: that of a modal, or of the button that leads to it.
    #[must_use]
    pub fn page_of(custom_id: &str) -> (usize, &str) {
        let parts = custom_id.strip_prefix('p').and_then(|rest| rest.split_once(':'));
        let page = parts.and_then(|(page, form)| Some((page.parse().ok().filter(|page| *page >= 2)?, form)));
        page.unwrap_or((1, custom_id))
    }

    /// What goes into the answer that shows it.
    #[must_use]
    pub fn body(&self) -> Value {
        let row = |input: &TextInput| json!({ "type": ACTION_ROW, "components": [input.value()] });
        json!({
            "custom_id": self.custom_id,
            "title": self.title,
            "components": self.inputs.iter().map(row).collect::<Vec<_>>(),
        })
    }
}

fn page_id(form: &str, page: usize) -> String {
    if page == 1 { form.to_owned() } else { format!("p{page}:{form}") }
}

impl TextInput {
    fn of(field: &Field) -> Self {
        let full = line(&field.label);
        let label = label(&full, MOST_TITLE);
        let optional = field.optional.then(|| discord::may_be_left_out(Locale::English).to_owned());
        // What does not fit over the field stands in it.
        let is_cut = size(full.trim()) > MOST_TITLE;
        let placeholder = if is_cut { Some(shortened(full.trim(), MOST_PLACEHOLDER)) } else { optional };
        let most = field.most.clamp(1, MOST_TEXT);
        let value = field.value.as_deref().map(|text| match field.kind {
            FieldKind::Line => line(text).trim().to_owned(),
            FieldKind::Paragraphs => text.to_owned(),
        });
        Self {
            custom_id: field.name.clone(),
            label,
            // What is longer than the field can't stand in it; it is typed anew.
            value: value.filter(|text| !text.trim().is_empty() && size(text) <= most),
            placeholder,
            is_long: match field.kind {
                FieldKind::Line => false,
                FieldKind::Paragraphs => true,
            },
            is_required: !field.optional,
            most,
        }
    }

    fn value(&self) -> Value {
        let mut value = json!({
            "type": 4,
            "custom_id": self.custom_id,
            "label": self.label,
            "style": if self.is_long { 2 } else { 1 },
            "required": self.is_required,
            "min_length": u8::from(self.is_required),
            "max_length": self.most,
        });
        if let (Some(object), Some(text)) = (value.as_object_mut(), &self.placeholder) {
            object.insert("placeholder".to_owned(), json!(text));
        }
        if let (Some(object), Some(text)) = (value.as_object_mut(), &self.value) {
            object.insert("value".to_owned(), json!(text));
        }
        value
    }
}
