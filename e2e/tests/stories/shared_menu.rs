//! A menu is shown to somebody else: by the phone's own sheet, or as a copy of its address where there is none, or it is refused.

use anyhow::{Result, ensure};
use e2e::{Customer, World};
use serde_json::{Value, json};

/// The sheet and the clipboard of a phone, which tell what they got. `sheet` says how the person's look at the sheet ends.
const PHONE: &str = "
    window.shared = [];
    window.sheet = '';
    navigator.share = async (data) => {
        if (window.sheet) throw new DOMException('the story says so', window.sheet);
        window.shared.push(data);
    };
    navigator.clipboard.writeText = async (text) => { window.shared.push(text); };
";

#[tokio::test]
async fn a_menu_is_shared_by_the_sheet_or_as_a_copy_of_its_address() -> Result<()> {
    let world = World::start().await?;
    let ada = world.phone("ada").await?;
    ada.browser().begins_with(PHONE).await?;
    ada.opens("/r/ginkgo-ramen").await?;
    let url = format!("{}/r/ginkgo-ramen", ada.network().origin());

    ada.browser().click("[data-test=share]").await?;
    shared(&ada, json!([{ "title": "Ginkgo Ramen", "url": url }])).await?;
    // Who closes the sheet wants nothing more; one that may not open is no reason to stand there without the address.
    ends(&ada, "AbortError").await?;
    ada.browser().click("[data-test=share]").await?;
    ends(&ada, "NotAllowedError").await?;
    ada.browser().click("[data-test=share]").await?;
    ada.browser().wait_text(".said", "The address was copied.").await?;
    shared(&ada, json!([{ "title": "Ginkgo Ramen", "url": url }, url])).await?;
    world.end(&[ada.browser()]).await
}

async fn ends(ada: &Customer, sheet: &str) -> Result<()> {
    ada.browser().client().execute("window.sheet = arguments[0];", vec![json!(sheet)]).await?;
    Ok(())
}

async fn shared(ada: &Customer, expected: Value) -> Result<()> {
    let look =
        async || Ok((ada.browser().client().execute("return window.shared", vec![]).await? == expected).then_some(()));
    ada.browser().until("it to be shared", look).await?;
    ensure!(
        ada.browser().client().execute("return window.shared.length", vec![]).await?
            == json!(expected.as_array().map(Vec::len))
    );
    Ok(())
}
