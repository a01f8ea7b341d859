//! The stories that people live through, in real browsers against the real server: one program, so that all of them share
//! the machine's cores and none waits for the end of another's file.

mod background_sync;
mod broken_bundle;
mod crashed_bundle;
mod evicted;
mod follower_tab;
mod fresh_start;
mod frozen_tab;
mod guest;
mod kill_rounds;
mod no_socket;
mod paid_by_card;
mod restored_server;
mod s01_kitchen_in_a_cellar;
mod s02_lost_answer;
mod s03_six_taps;
mod s04_two_tabs;
mod s05_power_cut;
mod s06_flight_mode;
mod s07_s08_unreachable;
mod s09_menu_changed;
mod s12_outbox_tidied;
mod s13_late_cancel;
mod s14_session_ran_out;
mod s15_phone_handed_over;
mod s23_new_release;
mod s24_broken_release;
mod s25_storage_refused;
mod screens;
mod server_crash;
mod shopping_list;
mod storage_lost;
mod strict_durability;
mod too_old;
mod two_phones;
mod watched;
