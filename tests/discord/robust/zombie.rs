//! A connection that only seems to be there: heartbeats are not answered any more.

use guidepost::clock::Clock;

use crate::discord::double::Options;
use crate::discord::world::World;

use super::talk::Talk;

/// Between heartbeats, in milliseconds: the library looks twice a second.
const HEARTBEAT: u64 = 500;
/// How many messages are written in one go.
const AT_ONCE: usize = 5;

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_on_which_heartbeats_are_not_answered_is_made_anew() {
    let options = Options { clock: Clock::System, heartbeat: HEARTBEAT, ..Options::default() };
    let mut talk = Talk::of(World::set_up_at(options).await).await;
    let double = talk.world.double.clone();
    // Once what is told still comes, so that it is known when it is caught up with; once nothing comes at all.
    for nothing_comes in [false, true] {
        let begun =
            |state: &crate::discord::double::State| state.gateway.identifies.len() + state.gateway.resumes;
        let before = double.read(begun);
        double.silence(true);
        if nothing_comes {
            double.lose("MESSAGE_CREATE", AT_ONCE);
        }
        talk.write(&format!("while heartbeats are not answered, {nothing_comes}"));
        double.wait_until(|state| begun(state) > before).await;
        double.silence(false);
        talk.write(&format!("just after that, {nothing_comes}"));
        talk.handled().await;
    }
    assert!(double.read(|state| state.gateway.drops.iter().all(|(_, left)| *left == 0)));
    talk.end().await;
}
