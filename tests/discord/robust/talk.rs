//! A desk in the middle of its work: people write in each kind of place.

use guidepost::domain::case::Event;
use serde_json::json;

use crate::discord::double::Id;
use crate::discord::world::World;

use super::hands::{
    QUESTION, answered, assert_answered_once, assert_kept_once, assert_nothing_doubled, opens, until_in,
};

/// A desk with a case, and all that was written so far.
pub struct Talk {
    pub world: World,
    pub case: String,
    pub thread: Id,
    pub dm: Id,
    pub questions: Vec<Id>,
    /// What was written in the thread.
    pub told: Vec<String>,
    /// What staff noted, and was told that it is.
    pub noted: Vec<String>,
}

impl Talk {
    pub async fn begin() -> Self {
        Self::of(World::new().await).await
    }

    /// At a desk that was set up.
    pub async fn of(world: World) -> Self {
        let case = opens(&world, world.alice, "The printer smokes").await;
        let thread = world.thread(&case).await;
        world.said(thread, &case).await;
        world.double.slash(world.bo, world.lobby, "take", &json!({ "case": case })).shown().await;
        until_in(&world.double, thread, world.bo, true).await;
        let dm = world.double.dm(world.alice);
        let mut talk =
            Self { world, case, thread, dm, questions: Vec::new(), told: Vec::new(), noted: Vec::new() };
        talk.write("at the beginning");
        talk.handled().await;
        talk
    }

    /// Something in each kind of place.
    pub fn write(&mut self, when: &str) {
        let double = &self.world.double;
        let (alice, bo) = (self.world.alice, self.world.bo);
        self.questions.push(double.says(alice, self.world.help, &format!("{QUESTION} {when}")));
        self.questions.push(double.says(bo, self.dm_of(bo), &format!("{QUESTION} {when}")));
        self.questions.push(double.says(alice, self.dm, &format!("{QUESTION} {when}")));
        for (who, name) in [(alice, "Alice"), (bo, "Bo")] {
            let text = format!("{name} {when}");
            double.says(who, self.thread, &text);
            self.told.push(text);
        }
    }

    fn dm_of(&self, who: Id) -> Id {
        self.world.double.dm(who)
    }

    /// Waits until all is answered.
    pub async fn handled(&self) {
        answered(&self.world.double, &self.questions).await;
    }

    /// How many messages were written.
    pub fn written(&self) -> usize {
        self.questions.len() + self.told.len()
    }

    /// Nothing was lost, and nothing done twice; answers what is kept.
    pub async fn end(mut self) -> Vec<Event> {
        self.write("at the end");
        self.handled().await;
        // Each channel is read on by itself: the answers elsewhere tell nothing of the thread.
        for text in self.told.iter().rev().take(2) {
            self.world.until_case_shows(self.world.bo, &self.case, text).await;
        }
        self.world.stop();
        assert_answered_once(&self.world.double, &self.questions);
        let events = self.world.events().await;
        assert_kept_once(&events, &self.told);
        assert_kept_once(&events, &self.noted);
        assert_nothing_doubled(&self.world);
        self.world.assert_clean();
        events
    }
}
