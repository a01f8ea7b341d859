//! The names of facts, by the service whose they are: what stands on the wire, in the lake, and in every manifest.
//!
//! A fact is named once, beside what it names, and the compiler sees to it that none is left out.

use std::collections::BTreeSet;

use crate::Service;
use crate::account::{GuestEvent, PersonEvent};
use crate::catalog::{EditsEvent, MenuEvent, RestaurantEvent};
use crate::delivery::{DriverEvent, ErrandEvent, OfferEvent, TakingsEvent, ZoneEvent};
use crate::dining::TabEvent;
use crate::fulfilment::ProcessEvent;
use crate::fulfilment::arrange::ARRANGE;
use crate::fulfilment::secure::SECURE;
use crate::fulfilment::settle::{SETTLE, SETTLE_EARLY};
use crate::kitchen::TicketEvent;
use crate::ops::case::Done;
use crate::ops::{CaseEvent, Measure};
use crate::ordering::OrderEvent;
use crate::payment::PaymentEvent;
use crate::trade::Event;

/// A table of events and names, as a function and as a list.
macro_rules! named {
    ($( $service:ident { $( $event:pat => $name:literal, )* } )*) => {
        /// What a fact is called.
        pub(crate) fn name(event: &Event) -> &'static str {
            match event {
                $( $( $event => $name, )* )*
                // What a saga writes into its log is named in the saga's table.
                Event::Secure(event) => event.name(&SECURE),
                Event::Arrange(event) => event.name(&ARRANGE),
                Event::Settle(event) => event.name(&SETTLE),
                Event::SettleEarly(event) => event.name(&SETTLE_EARLY),
            }
        }

        /// The names in the table.
        const NAMED: &[(Service, &str)] = &[$( $( (Service::$service, $name), )* )*];
    };
}

named! {
    Catalog {
        Event::Restaurant(RestaurantEvent::Described(_)) => "restaurant-described",
        Event::Restaurant(RestaurantEvent::Opened) => "restaurant-opened",
        Event::Restaurant(RestaurantEvent::Closed) => "restaurant-closed",
        Event::Restaurant(RestaurantEvent::RushSet(_)) => "restaurant-rush-set",
        Event::Menu(MenuEvent::Written(_)) => "menu-written",
        Event::Menu(MenuEvent::Renamed { .. }) => "menu-item-renamed",
        Event::Menu(MenuEvent::Repriced { .. }) => "menu-item-repriced",
        Event::Menu(MenuEvent::AvailabilitySet { .. }) => "menu-item-availability-set",
        Event::Menu(MenuEvent::ReadyMadeSet { .. }) => "menu-item-ready-made-set",
        Event::Edits(EditsEvent::Noted { .. }) => "menu-edit-noted",
        Event::Edits(EditsEvent::Forgotten) => "menu-edits-forgotten",
        Event::Menu(MenuEvent::StockTaken { .. }) => "stock-held",
        Event::Menu(MenuEvent::StockReturned { .. }) => "stock-released",
        Event::Menu(MenuEvent::StockUsedUp { .. }) => "stock-used-up",
        Event::StockShort { .. } => "stock-short",
        Event::Menu(MenuEvent::PortionsTaken { .. }) => "portions-taken",
        Event::Menu(MenuEvent::PortionsReturned { .. }) => "portions-returned",
        Event::PortionsShort { .. } => "portions-short",
    }

    Ordering {
        Event::Order(OrderEvent::Submitted(_)) => "order-submitted",
        Event::Order(OrderEvent::Confirmed) => "order-confirmed",
        Event::Order(OrderEvent::Paid(_)) => "order-payment-noted",
        Event::Order(OrderEvent::Refunded(_)) => "order-refund-noted",
        Event::Order(OrderEvent::Numbered(_)) => "order-numbered",
        Event::Order(OrderEvent::Late) => "order-lateness-noted",
        Event::Order(OrderEvent::DriverFound(_)) => "order-driver-noted",
        Event::Order(OrderEvent::Reached(_) | OrderEvent::Promised { .. }) => "order-status-changed",
        Event::Order(OrderEvent::CancellationRequested | OrderEvent::CancellationRequestedBecause(_)) => "order-cancellation-requested",
        Event::Order(OrderEvent::CancellationRefused(_)) => "order-kept",
        Event::Order(OrderEvent::Ended { .. }) => "order-cancelled",
        Event::Order(OrderEvent::Proved(_)) => "order-proof-noted",
        Event::Order(OrderEvent::Claimed { .. }) => "order-claimed",
        Event::Order(OrderEvent::Erased) => "order-erased",
        Event::Order(OrderEvent::PutAway) => "order-put-away",
    }

    Kitchen {
        Event::NumberTaken(_) => "ticket-number-taken",
        Event::Ticket(TicketEvent::Opened(_)) => "ticket-opened",
        Event::Ticket(TicketEvent::Accepted { .. }) => "order-received",
        Event::Ticket(TicketEvent::Refused { .. }) => "order-rejected",
        Event::Ticket(TicketEvent::CookingStarted { .. }) => "order-preparing",
        Event::Ticket(TicketEvent::MarkedReady { .. }) => "order-prepared",
        Event::Ticket(TicketEvent::HandedOver { .. }) => "order-handed-over",
        Event::Ticket(TicketEvent::DriverFound(_)) => "ticket-driver-noted",
        Event::Ticket(TicketEvent::Withdrawn { .. }) => "restaurant-order-withdrawn",
        Event::Ticket(TicketEvent::CancellationGranted { .. }) => "order-cancellation-granted",
        Event::Ticket(TicketEvent::CancellationRefused { .. }) => "order-cancellation-refused",
        Event::Ticket(TicketEvent::GivenBack(_)) => "restaurant-refund-requested",
        Event::Ticket(TicketEvent::RefundNoted(_)) => "ticket-refund-noted",
        Event::Ticket(TicketEvent::Erased) => "ticket-erased",
        Event::Ticket(TicketEvent::PutAway) => "ticket-put-away",
    }

    Dining {
        Event::Tab(TabEvent::Opened(_)) => "table-opened",
        Event::Tab(TabEvent::LineAdded(_)) => "table-line-added",
        Event::Tab(TabEvent::LineTakenBack { .. }) => "table-line-taken-back",
        Event::Tab(TabEvent::OrderPlaced { .. }) => "table-order-placed",
        Event::Tab(TabEvent::FoodPrepared { .. }) => "table-food-prepared",
        Event::Tab(TabEvent::LineServed { .. }) => "table-line-served",
        Event::Tab(TabEvent::LineWrittenOff { .. }) => "table-line-written-off",
        Event::Tab(TabEvent::PortionsHeld { .. }) => "table-portions-noted",
        Event::Tab(TabEvent::LineGone { .. }) => "table-line-gone",
        Event::Tab(TabEvent::BillPrepared(_)) => "bill-prepared",
        Event::Tab(TabEvent::BillTakenBack) => "bill-taken-back",
        Event::Tab(TabEvent::CardDeclined { .. }) => "bill-card-declined",
        Event::Tab(TabEvent::Paid(_)) => "bill-paid",
        Event::Tab(TabEvent::OwedGivenBack { .. }) => "bill-given-back",
        Event::Tab(TabEvent::Closed { .. }) => "table-closed",
        Event::Tab(TabEvent::PutAway) => "table-put-away",
    }

    Account {
        Event::Guest(GuestEvent::Ordered { .. }) => "guest-ordered",
        Event::Guest(GuestEvent::Claimed { .. }) => "guest-claimed",
        Event::Person(PersonEvent::Ordered { .. }) => "person-ordered",
        Event::Person(PersonEvent::OrderEnded { .. }) => "person-order-ended",
        Event::Person(PersonEvent::ErasureAsked { .. }) => "erasure-asked",
        Event::Person(PersonEvent::Erased { .. }) => "person-erased",
    }

    Fulfilment {
        Event::Arrange(ProcessEvent::Late) => "order-submission-expired",
    }

    Payment {
        Event::Payment(PaymentEvent::ReservationAsked(_)) => "payment-authorization-asked",
        Event::Payment(PaymentEvent::Deferred) => "payment-authorization-deferred",
        Event::Payment(PaymentEvent::Reserved { .. }) => "payment-authorized",
        Event::Payment(PaymentEvent::Declined { .. }) => "payment-declined",
        Event::Payment(PaymentEvent::ReleaseAsked) => "payment-void-asked",
        Event::Payment(PaymentEvent::Released) => "payment-voided",
        Event::Payment(PaymentEvent::ChargeAsked { .. }) => "payment-capture-asked",
        Event::Payment(PaymentEvent::Charged) => "payment-captured",
        Event::Payment(PaymentEvent::ChargeFailed { .. }) => "payment-capture-failed",
        Event::Payment(PaymentEvent::RefundWanted { .. }) => "payment-refund-noted",
        Event::Payment(PaymentEvent::RefundAsked { .. }) => "payment-refund-asked",
        Event::Payment(PaymentEvent::Refunded { .. }) => "payment-refunded",
        Event::Payment(PaymentEvent::RefundFailed { .. }) => "payment-refund-failed",
        Event::Payment(PaymentEvent::RefundMoot) => "payment-refund-moot",
    }

    Delivery {
        Event::Driver(DriverEvent::CameOnDuty(_)) => "driver-came-on-duty",
        Event::Driver(DriverEvent::WentOffDuty { .. }) => "driver-went-off-duty",
        Event::Zone(ZoneEvent::Asked(_)) => "driver-asked",
        Event::Zone(ZoneEvent::NobodyFound { .. }) => "driver-assignment-aborted",
        Event::Zone(_) => "board-noted",
        Event::Offer(OfferEvent::Made(_)) => "offer-made",
        Event::Offer(OfferEvent::Claimed) => "offer-claimed",
        Event::Offer(OfferEvent::Declined) => "offer-declined",
        Event::Offer(OfferEvent::Expired) => "offer-expired",
        Event::Offer(OfferEvent::Withdrawn) => "offer-withdrawn",
        Event::Errand(ErrandEvent::Opened(_)) => "delivery-opened",
        Event::Errand(ErrandEvent::Assigned { .. }) => "driver-assigned",
        Event::Errand(ErrandEvent::Agreed) => "delivery-agreed",
        Event::Errand(ErrandEvent::Ready) => "delivery-ready",
        Event::Errand(ErrandEvent::DroppedOut { .. }) => "driver-dropped-out",
        Event::Errand(ErrandEvent::PickedUp { .. }) => "order-picked-up",
        Event::Errand(ErrandEvent::Delivered { .. }) => "delivery-completed",
        Event::Errand(ErrandEvent::Failed { .. }) => "delivery-failed",
        Event::Errand(ErrandEvent::CalledOff { .. }) => "driver-released",
        Event::Errand(ErrandEvent::Proved { .. }) => "delivery-proved",
        Event::Errand(ErrandEvent::Forgotten) => "delivery-forgotten",
        Event::Errand(ErrandEvent::Erased) => "delivery-erased",
        Event::Takings(TakingsEvent::Counted { .. }) => "takings-counted",
        Event::Takings(TakingsEvent::HandedIn { .. }) => "cash-handed-in",
    }

    Ops {
        Event::Case(CaseEvent::Opened(_)) => "case-opened",
        Event::Case(CaseEvent::Raised(_)) => "task-raised",
        Event::Case(CaseEvent::Passed { .. }) => "task-passed",
        Event::Case(CaseEvent::Wanting(_)) => "case-wants-again",
        Event::Case(CaseEvent::OrderOver { .. }) => "case-order-over",
        Event::Case(CaseEvent::Charged) => "case-charge-noted",
        Event::Case(CaseEvent::Proved(_)) => "case-proof-noted",
        Event::Case(CaseEvent::Filed) => "case-filed",
        Event::Case(CaseEvent::Erased) => "case-erased",
        Event::Case(CaseEvent::Done(Done { what: Measure::TimeGiven { .. }, .. })) => "kitchen-time-given",
        Event::Case(CaseEvent::Done(Done { what: Measure::GivenUp(_), .. })) => "order-given-up",
        Event::Case(CaseEvent::Done(Done { what: Measure::Chosen { .. }, .. })) => "driver-chosen",
        Event::Case(CaseEvent::Done(Done { what: Measure::Settled { .. }, .. })) => "task-settled",
        Event::Case(CaseEvent::Done(Done { what: Measure::GivenBack { .. }, .. })) => "desk-refund-requested",
    }
}

/// The names of all the facts that `service` writes.
pub fn names(service: Service) -> BTreeSet<&'static str> {
    let sagas = [SECURE, ARRANGE, SETTLE, SETTLE_EARLY].into_iter().filter(|_| service == Service::Fulfilment);
    let in_logs = sagas.flat_map(|saga| saga.kinds().collect::<Vec<_>>());
    NAMED.iter().filter(|(owner, _)| *owner == service).map(|(_, name)| *name).chain(in_logs).collect()
}
