//! What waiters do with tables, in the trade's words. They have the kitchen's account, and a device of their own.

use anyhow::Result;

use crate::kitchen::Kitchen;

impl Kitchen {
    /// Opens a table of this name; what the server calls it.
    pub async fn opens_table(&self, name: &str) -> Result<String> {
        self.browser().goes("/kitchen/tables").await?;
        self.browser().fill("[name=table]", name).await?;
        self.browser().click("[data-test=open-table]").await?;
        self.at_table().await
    }

    /// Begins an order at the counter; what the server calls it.
    pub async fn begins_at_the_counter(&self) -> Result<String> {
        self.browser().goes("/kitchen/tables").await?;
        self.browser().click("[data-test=open-counter]").await?;
        self.at_table().await
    }

    async fn at_table(&self) -> Result<String> {
        self.browser().wait("[data-test=tab]").await?;
        Ok(self.browser().attribute("[data-test=tab]", "data-id").await?.unwrap_or_default())
    }

    /// Goes to a table, without a new page.
    pub async fn goes_to_table(&self, table: &str) -> Result<()> {
        self.browser().goes("/kitchen/tables").await?;
        self.browser().click(&format!("[data-test=table][data-id={table:?}]")).await?;
        self.browser().wait(&format!("[data-test=tab][data-id={table:?}]")).await?;
        Ok(())
    }

    /// Adds one of a dish to the table that is open, and sees it there as the `nth` of its kind.
    pub async fn adds_line(&self, item: &str, nth: usize) -> Result<()> {
        self.browser().click(&format!("[data-test=pick][data-id={item:?}] [data-test=add-line]")).await?;
        self.has_lines(item, nth).await
    }

    /// The table that is open has so many lines of a dish.
    pub async fn has_lines(&self, item: &str, lines: usize) -> Result<()> {
        let css = format!("[data-test=tab-line][data-item={item:?}]");
        let there = async || Ok(self.browser().count(&css).await.is_ok_and(|count| count == lines).then_some(()));
        self.browser().until(&format!("{lines} lines of {item}"), there).await
    }

    /// The only line of a dish on the table that is open has this state.
    pub async fn sees_line(&self, item: &str, state: &str) -> Result<()> {
        self.browser().wait_attr(&format!("[data-test=tab-line][data-item={item:?}]"), "data-status", state).await
    }

    /// Taps `serve`, `take-back`, `guests-know` or `write-off` on the only line of a dish.
    pub async fn taps_line(&self, item: &str, button: &str) -> Result<()> {
        self.browser().click(&format!("[data-test=tab-line][data-item={item:?}] [data-test={button}]")).await
    }

    /// Taps what comes next for the table that is open: `send-lines`, `serve-all`, `bill`, `pay-cash`, `pay-card`, `declined`,
    /// `order-on`, `give-back-owed`, `leave` or `close-table`.
    pub async fn taps_next(&self, button: &str) -> Result<()> {
        self.browser().click(&format!(".tab-next [data-test={button}]:enabled")).await
    }

    /// The table that is open has come this far: `open`, `billed`, `paid` or `closed`.
    pub async fn sees_table(&self, stage: &str) -> Result<()> {
        self.browser().wait_attr("[data-test=tab]", "data-status", stage).await
    }

    /// Everything that the table has on the board to cook, in so many sendings, is ready.
    pub async fn cooks_for(&self, table: &str, sendings: usize) -> Result<()> {
        let card = format!("[data-test=tab-to-cook][data-id={table:?}]");
        self.browser().goes("/kitchen").await?;
        for left in (0..sendings).rev() {
            self.browser().click(&format!("{card} [data-test=tab-ready]")).await?;
            let fewer = async || Ok(self.browser().count(&card).await.is_ok_and(|count| count == left).then_some(()));
            self.browser().until(&format!("{left} sendings left to cook"), fewer).await?;
        }
        Ok(())
    }
}
