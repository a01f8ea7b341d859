//! Real browsers against the real server, through a network that can be cut.
//!
//! A test makes a [`World`], takes a [`Customer`] with a phone, a [`Kitchen`], a [`Driver`] and an [`Operator`], and tells
//! a story in the trade's words. Everything below those is the stage: a [`Browser`] that can be killed, a [`Network`] that
//! can be cut, a [`Server`] that can crash. Nothing sleeps: whatever is awaited is a condition with a deadline.

mod crowd;
mod customer;
mod dice;
mod driver;
mod kitchen;
mod operator;
mod robot;
mod staff;
mod tables;
mod world;

mod browser;
mod engine;
mod inspection;
mod keeping;
mod keyboard;
mod page;
mod worker;

mod network;
mod request;

mod agree;
mod books;
mod program;
mod release;
mod server;

mod process;
mod wait;

pub use browser::{Browser, Screen};
pub use crowd::{Household, Kind, Person, Told};
pub use customer::{Cart, Customer};
pub use dice::Dice;
pub use driver::Driver;
pub use engine::Engine;
pub use inspection::Inspection;
pub use keeping::{ALL_BUT_COOKIES, DATABASES};
pub use keyboard::{Focus, Listener, key};
pub use kitchen::Kitchen;
pub use network::{Mode, Network};
pub use operator::Operator;
pub use page::Story;
pub use program::Program;
pub use release::{Folder, Release};
pub use request::Request;
pub use robot::Robot;
pub use server::{Database, Server};
pub use staff::Staff;
pub use world::{World, output_folder};
