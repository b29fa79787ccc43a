//! The double of Discord, and a server with the real program behind its bot, as the tests have them.

#[path = "../../tests/discord/double/mod.rs"]
pub mod double;
#[path = "../../tests/discord/oracle/mod.rs"]
#[allow(dead_code, unused_imports, reason = "a toolbox: each test takes what it needs")]
pub mod oracle;
#[path = "../../tests/discord/world.rs"]
#[allow(dead_code, unused_imports, reason = "a toolbox: each test takes what it needs")]
pub mod world;
