//! The connection to the gateway breaks in every way there is: what was written meanwhile is handled once.

use crate::discord::double::Fault;

use super::talk::Talk;

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_resumed_misses_nothing() {
    let mut talk = Talk::begin().await;
    for breaks in 0..5 {
        let resumes = talk.world.double.resumes();
        match breaks {
            0 => talk.world.double.cut(),
            1 => talk.world.double.reconnect(),
            2 => talk.world.double.close(4000),
            3 => talk.world.double.close(4008),
            _ => talk.world.double.invalidate(true),
        }
        talk.write(&format!("while connection {breaks} is broken"));
        talk.world.double.wait_until(|state| state.gateway.resumes > resumes).await;
        talk.handled().await;
    }
    assert_eq!(talk.world.double.identifies().len(), 1, "no login was needed");
    talk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_over_is_caught_up_with() {
    let mut talk = Talk::begin().await;
    for breaks in 0..3 {
        let logins = talk.world.double.identifies().len();
        match breaks {
            0 => talk.world.double.close(4009),
            1 => talk.world.double.invalidate(false),
            _ => {
                talk.world.double.go_away();
                talk.world.double.come_back(true);
            }
        }
        talk.write(&format!("while session {breaks} is over"));
        talk.world.double.wait_until(|state| state.gateway.identifies.len() > logins).await;
        talk.write(&format!("just after login {breaks}"));
        talk.handled().await;
    }
    talk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn channels_that_can_not_be_read_at_once_are_read_later() {
    let mut talk = Talk::begin().await;
    talk.world.kill();
    talk.write("while it was away");
    talk.world.double.fail("GET /channels/*/messages", 5, Fault::Status(503));
    talk.world.start().await;
    talk.write("just after it came");
    talk.handled().await;
    assert_eq!(talk.world.double.faults_left(), 0);
    talk.end().await;
}
