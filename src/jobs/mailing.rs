//! The executor of mail: finds the words in `replies` and hands them to `mail`.

use crate::domain::Mail;
use crate::mail::{Message, NotSent, Outbox};
use crate::replies::{Locale, mail};

use super::{Doing, Executor, Order, Outcome};

/// Sends mail.
pub struct Mailing {
    outbox: Outbox,
    desk: String,
    locale: Locale,
}

impl Mailing {
    /// Sends mail through an outbox, in the name of a desk.
    #[must_use]
    pub fn new(outbox: Outbox, desk: String, locale: Locale) -> Self {
        Self { outbox, desk, locale }
    }

    async fn send(&self, order: Order<'_, Mail>) -> Outcome {
        let letter = match order.fact {
            Mail::Test { asked_at, .. } => mail::test_mail(self.locale, &self.desk, *asked_at),
        };
        let message = Message {
            job: order.key.clone(),
            to: order.fact.to().clone(),
            date: order.fact.dated(),
            text: letter.text(),
            subject: letter.subject,
        };
        match self.outbox.send(&message).await {
            Ok(_) => Outcome::Done,
            Err(NotSent::Impossible(error)) => Outcome::Never(error.to_string()),
            Err(error @ NotSent::Unwritten { .. }) => Outcome::Retry(error.to_string()),
        }
    }
}

impl Executor<Mail> for Mailing {
    fn carry_out<'a>(&'a self, order: Order<'a, Mail>) -> Doing<'a> {
        Box::pin(self.send(order))
    }
}
