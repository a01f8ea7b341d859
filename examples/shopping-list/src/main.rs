//! One program: the page in a browser, and the server elsewhere.
#[cfg(target_arch = "wasm32")]
mod page;

#[cfg(target_arch = "wasm32")]
fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(page::open());
}

/// `shopping-list [PORT [PAGES]]`
#[cfg(not(target_arch = "wasm32"))]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    use shopping_list::Shopping;
    use sync::{Actor, Model, Role, Scope};

    let [port, pages] = [1, 2].map(|place| std::env::args().nth(place));
    let port = port.map_or(Ok(8090), |port| port.parse())?;
    let house = wire::House {
        who: |headers| Actor { account: wire::name(headers).unwrap_or("anna").into(), role: Role::named("member") },
        sees: |actor| vec![Scope::from("list"), Shopping::personal_scope(&actor.account)],
    };
    let router = wire::router::<Shopping>(house).merge(wire::names());
    Ok(wire::serve(router, port, pages.unwrap_or("target/shopping-list".into())).await?)
}
