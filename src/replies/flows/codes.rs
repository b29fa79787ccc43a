//! What is said when a code is not to be had any more.

use chrono::{DateTime, Utc};

use crate::chat::flow::{Draft, Flow};
use crate::chat::{Reply, ReplyBlock};
use crate::domain::{Span, TimeStyle};
use crate::replies::words::{plain, private, sentence};
use crate::replies::{Locale, case_buttons as buttons, identity};

/// The code ran out before it was typed.
#[must_use]
pub fn code_ran_out(locale: Locale, flow: &Flow) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::resend(locale, flow), buttons::cancel(locale, flow)];
    Reply { choices, ..sentence("That code has run out. I can send another one.") }
}

/// The code was guessed wrong too often.
#[must_use]
pub fn too_many_guesses(locale: Locale, flow: &Flow) -> Reply {
    let Locale::English = locale;
    let choices = vec![match &flow.draft {
        Draft::Link(_) => identity::link_button(locale),
        Draft::Address(_)
        | Draft::OpenCase(_)
        | Draft::Writing(_)
        | Draft::Walk(_)
        | Draft::Reset(_)
        | Draft::Account(_)
        | Draft::RefuseRequest(_) => buttons::news_by_mail(locale),
    }];
    Reply {
        choices,
        ..sentence(
            "That was not the code either, so it no longer works. Nothing was changed; you can begin again.",
        )
    }
}

/// Too many codes were sent already.
#[must_use]
pub fn too_many_codes(locale: Locale, again: Option<DateTime<Utc>>) -> Reply {
    let Locale::English = locale;
    let Some(again) = again else {
        return sentence("That were too many codes for one try. Nothing was changed; you can begin again.");
    };
    let mut spans = plain("That were too many codes for one day. Nothing was changed; try again ");
    spans.push(Span::Time { at: again, style: TimeStyle::Moment });
    spans.extend(plain("."));
    private(vec![ReplyBlock::Paragraph(spans)])
}
