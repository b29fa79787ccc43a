//! What other programs ask of the desk.

mod health;
