//! Kitchen: tickets and their numbers. Alone judges cancel against cook.
