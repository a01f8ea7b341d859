//! Carts: one a restaurant, kept on this device as drafts, so that they survive a reload, a dead battery and a sign-in.

use domain::catalog::Menu;
use domain::id::{GroupId, OptionId};
use domain::ordering::Cart;
use domain::{ItemId, RestaurantId};
use leptos::prelude::*;

use crate::parts::{Icon, Symbol, money};
use crate::world::World;
use crate::{start, words};

const PREFIX: &str = "cart/";

fn draft_name(restaurant: &RestaurantId) -> String {
    format!("{PREFIX}{restaurant}")
}

/// All carts with something in them, by restaurant.
pub fn carts(world: World) -> Memo<Vec<Cart>> {
    Memo::new(move |_| {
        let carts = world.drafts::<Cart>(PREFIX).into_iter().map(|(_, cart)| cart);
        carts.filter(|cart| !cart.lines.is_empty()).collect()
    })
}

/// The cart at a restaurant, empty where there is none.
pub fn cart(world: World, restaurant: &RestaurantId) -> Cart {
    world.draft(&draft_name(restaurant)).unwrap_or_else(|| Cart::new(restaurant.clone()))
}

/// Keeps a cart as it is now; an empty one is forgotten.
///
/// # Errors
/// A sentence for a person.
pub async fn keep(world: World, cart: &Cart) -> Result<(), String> {
    let kept = Some(cart).filter(|cart| !cart.lines.is_empty());
    world.keep_draft(&draft_name(&cart.restaurant), kept).await
}

/// Changes the cart at a restaurant, in the background.
pub fn update(world: World, restaurant: &RestaurantId, change: impl FnOnce(&mut Cart)) {
    let mut cart = untrack(|| cart(world, restaurant));
    change(&mut cart);
    let name = draft_name(restaurant);
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
    cart.add(menu, item, chosen, quantity, note)?;
    keep(world, &cart).await?;
    let name = menu.item(item).map(|item| item.name.clone()).unwrap_or_default();
    world.say(&format!("{quantity} \u{d7} {name} is in your cart."));
    Ok(())
}

/// Shows on the shell's navigation whether something is in a cart.
pub fn badge(world: World) {
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
                    <span>{format!("View cart \u{b7} {}", words::count(dishes as usize, "dish", "dishes"))}</span>
                    <span class="price">{sum}</span>
                </a>
            }
        })
    }
}
