//! What follows an act later, such as a photo of a door.

use leptos::prelude::*;
use sync::attachment::{Attach, Attachment, AttachmentId};

use super::{Replica, World};
use crate::words;

impl World {
    /// What this person has attached, the oldest first.
    pub fn attachments(self) -> Vec<Attachment> {
        self.revision.track();
        self.replica.with_value(Replica::attachments)
    }

    /// Which of it is on its way at this moment.
    pub fn attachment_on_its_way(self) -> Option<AttachmentId> {
        self.revision.track();
        self.replica.with_value(Replica::attachment_on_its_way)
    }

    /// Attaches bytes to an act; once this resolves they are saved on this device.
    ///
    /// # Errors
    /// A sentence for a person; nothing was saved.
    pub async fn attach(self, attach: Attach, bytes: &[u8]) -> Result<(), String> {
        let replica = self.replica.get_value();
        replica.attach(attach, bytes).await.map(drop).map_err(|error| words::proof_failure(&error))
    }

    /// Has one that the server did not take tried again, for a button.
    pub fn try_attachment_again(self, id: AttachmentId, busy: RwSignal<bool>) {
        let replica = self.replica.get_value();
        self.doing(
            busy,
            async move { replica.try_attachment_again(id).await.map_err(|why| words::store_failure(&why)) },
        );
    }

    /// Lets one go that will not be sent, for a button.
    pub fn let_attachment_go(self, id: AttachmentId, busy: RwSignal<bool>) {
        let replica = self.replica.get_value();
        self.doing(busy, async move { replica.let_attachment_go(id).await.map_err(|why| words::store_failure(&why)) });
    }
}
