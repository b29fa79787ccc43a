//! What an executor is, and which one carries out what.

use std::pin::Pin;

use chrono::{DateTime, Utc};

use crate::domain::{Effect, Job, JobKey, Mail, Post, Timer, Work};

/// Carries out the facts of one kind. The same key may come twice: when a try failed or never ended, something of it may be there.
/// An executor then makes the same thing again, or first looks for what was made.
pub trait Executor<F>: Send + Sync {
    /// Carries it out. A panic is a failure, and so is what takes longer than a try may take.
    fn carry_out<'a>(&'a self, order: Order<'a, F>) -> Doing<'a>;
}

/// Work under way.
pub type Doing<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// What is to be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order<'a, F> {
    /// The job, by its name: the other side may be told, so that it knows a repetition.
    pub key: &'a JobKey,
    /// The facts.
    pub fact: &'a F,
    /// Which try this is; the first is 1.
    pub attempt: u32,
    /// What time it is.
    pub now: DateTime<Utc>,
}

/// How a try ended. A reason is for staff and the log: no secret, no address, nobody's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It is done, and the other side said this, which is kept for a while.
    Answered(String),
    /// Not this time: why.
    Retry(String),
    /// Not before somebody mended something: why. It is tried again in long intervals.
    Mend(String),
    /// It can never be done: why.
    Never(String),
}

/// The executor of each kind: one field for each, so that none can be missing.
pub struct Executors {
    /// Sends mail.
    pub mail: Box<dyn Executor<Mail>>,
    /// Posts on Discord.
    pub discord: Box<dyn Executor<Post>>,
    /// Keeps the store tidy.
    pub upkeep: Box<dyn Executor<Timer>>,
}

impl Executors {
    /// Hands a job to the executor of its kind.
    #[must_use]
    pub fn carry_out<'a>(&'a self, job: &'a Job, now: DateTime<Utc>) -> Doing<'a> {
        match &job.work {
            Work::Effect(Effect::Mail(mail)) => self.mail.carry_out(order(job, mail, now)),
            Work::Effect(Effect::Discord(post)) => self.discord.carry_out(order(job, post, now)),
            Work::Timer(timer) => self.upkeep.carry_out(order(job, timer, now)),
        }
    }
}

/// What carries out the facts of a door that is not open here: they wait until it is.
#[derive(Debug, Clone, Copy)]
pub struct Closed(
    /// Which door, as it is told.
    pub &'static str,
);

impl<F: Sync> Executor<F> for Closed {
    fn carry_out<'a>(&'a self, _: Order<'a, F>) -> Doing<'a> {
        Box::pin(async { Outcome::Retry(format!("{} is not set up here", self.0)) })
    }
}

fn order<'a, F>(job: &'a Job, fact: &'a F, now: DateTime<Utc>) -> Order<'a, F> {
    Order { key: &job.key, fact, attempt: job.tries, now }
}
