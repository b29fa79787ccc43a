//! Imports, from sources to a folder of articles.

mod archive;
mod fetching;
mod flavours;
mod guides;
mod reading;
mod repeat;
mod sample;
mod server;
mod world;
