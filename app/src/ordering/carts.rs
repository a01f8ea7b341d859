//! Carts: one a restaurant and person, kept on this device as drafts, so that they survive a reload, a dead battery and a
//! sign-in: what was picked before it joins what the person had, line by line.

use domain::catalog::Menu;
use domain::id::{GroupId, OptionId};
use domain::ordering::Cart;
use domain::{ItemId, RestaurantId};
use leptos::prelude::*;
use replica::KeptDraft;
use sync::AccountId;

use crate::parts::{Icon, Symbol, money};
use crate::texts::ordering;
use crate::world::{Replica, World, kept_draft};
use crate::{start, words};

/// What the names of carts begin with while nobody is signed in. The first releases kept everybody's so.
pub const NOBODY_S: &str = "cart/";

fn persons_prefix(account: &AccountId) -> String {
    format!("carts-of/{account}/")
}

/// What the names of the carts that are shown begin with.
fn prefix(world: World) -> String {
    world.person().map_or_else(|| NOBODY_S.to_owned(), |person| persons_prefix(&person.account))
}

fn draft_name(world: World, restaurant: &RestaurantId) -> String {
    format!("{}{restaurant}", prefix(world))
}

/// The drafts by which all carts that nobody has become those of `account`, with a sentence for each that joins another.
pub fn taken_over(replica: &Replica, account: &AccountId) -> (Vec<KeptDraft>, Vec<String>) {
    let (mut drafts, mut told) = (vec![], vec![]);
    for (name, text) in replica.drafts_with_prefix(NOBODY_S) {
        let Ok(cart) = serde_json::from_str::<Cart>(&text) else { continue };
        let own_name = format!("{}{}", persons_prefix(account), cart.restaurant);
        let own = replica.draft(&own_name).and_then(|own| serde_json::from_str::<Cart>(&own).ok());
        let had_one = own.as_ref().is_some_and(|own| !own.lines.is_empty());
        let mut own = own.unwrap_or_else(|| Cart::new(cart.restaurant.clone()));
        let no_room = own.merge(cart);
        if had_one || no_room > 0 {
            told.push(words::carts_joined(no_room));
        }
        drafts.extend([kept_draft(&own_name, Some(&own)), (name, None)]);
    }
    (drafts, told)
}

/// All carts with something in them, by restaurant.
pub fn carts(world: World) -> Memo<Vec<Cart>> {
    Memo::new(move |_| {
        let carts = world.drafts::<Cart>(&prefix(world)).into_iter().map(|(_, cart)| cart);
        carts.filter(|cart| !cart.lines.is_empty()).collect()
    })
}

/// The cart at a restaurant, empty where there is none.
pub fn cart(world: World, restaurant: &RestaurantId) -> Cart {
    world.draft(&draft_name(world, restaurant)).unwrap_or_else(|| Cart::new(restaurant.clone()))
}

/// Keeps a cart as it is now; an empty one is forgotten.
///
/// # Errors
/// A sentence for a person.
pub async fn keep(world: World, cart: &Cart) -> Result<(), String> {
    let kept = Some(cart).filter(|cart| !cart.lines.is_empty());
    let name = untrack(|| draft_name(world, &cart.restaurant));
    world.keep_draft(&name, kept).await
}

/// The draft by which the cart at a restaurant is empty.
pub fn emptied(world: World, restaurant: &RestaurantId) -> KeptDraft {
    (untrack(|| draft_name(world, restaurant)), None)
}

/// Changes the cart at a restaurant, in the background.
pub fn update(world: World, restaurant: &RestaurantId, change: impl FnOnce(&mut Cart)) {
    let mut cart = untrack(|| cart(world, restaurant));
    change(&mut cart);
    let name = untrack(|| draft_name(world, restaurant));
    world.note_draft(name, Some(cart).filter(|cart| !cart.lines.is_empty()));
}

/// Puts a dish into the cart of its restaurant.
///
/// # Errors
/// A sentence for a person; the cart is as it was.
pub async fn add_to_cart(
    world: World,
    menu: &Menu,
    item: &ItemId,
    chosen: &[(GroupId, OptionId)],
    quantity: u32,
    note: &str,
) -> Result<(), String> {
    let mut cart = untrack(|| cart(world, &menu.restaurant));
    cart.add(menu, item, chosen, quantity, note).map_err(|why| words::not_added(&why))?;
    keep(world, &cart).await?;
    let name = menu.item(item).map(|item| item.name.clone()).unwrap_or_default();
    world.say(&ordering::in_cart(&name, u64::from(quantity)));
    Ok(())
}

/// Shows on the shell's navigation whether something is in a cart, and sees to it that no cart is left to nobody.
pub fn badge(world: World) {
    world.adopt_carts();
    let carts = carts(world);
    let count = Memo::new(move |_| carts.with(|carts| carts.iter().map(Cart::count).sum::<u32>()));
    Effect::new(move |_| start::tell_badge("cart", count.get() as usize));
}

/// The way to the cart, while there is something in one: that of `restaurant`, or all.
#[component]
pub fn CartBar(#[prop(optional, into)] restaurant: Option<Signal<RestaurantId>>) -> impl IntoView {
    let carts = carts(World::here());
    move || {
        let here = restaurant.map(|restaurant| restaurant.get());
        let all = carts.get();
        let own = here.and_then(|here| all.iter().find(|cart| cart.restaurant == here).cloned());
        let shown = own.map_or(all, |own| vec![own]);
        (!shown.is_empty()).then(|| {
            let dishes: u32 = shown.iter().map(Cart::count).sum();
            let sum = if let [cart] = &shown[..] { cart.total().map(money::text) } else { None };
            view! {
                <a class="cart-bar button primary" href="/cart" data-test="cart-link">
                    <Icon symbol=Symbol::Bag />
                    <span>{ordering::view_cart(u64::from(dishes))}</span>
                    <span class="price">{sum}</span>
                </a>
            }
        })
    }
}
