//! Money: whole minor units of one currency. No fraction of a cent is ever computed.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A currency by its ISO 4217 letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The currency named by three capital letters; `None` for anything else.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// How many decimals the minor unit has: ISO 4217, column "minor unit", where it is not 2.
    pub fn decimals(&self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF" | b"UGX"
            | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = String;
    fn try_from(code: String) -> Result<Self, String> {
        Self::new(&code).ok_or_else(|| format!("{code:?} is not a currency code of three capital letters"))
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a text is no amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotMoney {
    /// It is no number, or less than nothing.
    #[error("{0:?} is not an amount of money")]
    NoAmount(String),
    /// The currency has no unit so small.
    #[error("{0:?} has more decimals than {code} has ({decimals})", code = .1.code(), decimals = .1.decimals())]
    Decimals(String, Currency),
    /// Nothing here costs so much.
    #[error("{0:?} is too large")]
    TooLarge(String),
}

/// An amount in minor units (cents, pence, yen).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// How many minor units. Negative for what is given back.
    pub minor: i64,
    /// Of which currency.
    pub currency: Currency,
}

impl Money {
    /// So many minor units of `currency`.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a decimal amount such as `9`, `9.5` or `9.50`.
    ///
    /// # Errors
    /// What is wrong with the text: not a number, negative, more decimals than the currency has, or too large.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, NotMoney> {
        let text = text.trim();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) {
            return Err(NotMoney::NoAmount(text.to_owned()));
        }
        let decimals = currency.decimals() as usize;
        let kept = fraction.trim_end_matches('0');
        if kept.len() > decimals {
            return Err(NotMoney::Decimals(text.to_owned(), currency));
        }
        let minor = format!("{whole}{kept:0<decimals$}");
        let minor = minor.parse().ok().filter(|minor| *minor <= PRICE_MINOR_MAX);
        minor.map(|minor| Self { minor, currency }).ok_or_else(|| NotMoney::TooLarge(text.to_owned()))
    }

    /// This many times over. Saturates, so that a forged quantity cannot wrap into a small sum.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        Self { minor: self.minor.saturating_mul(i64::from(count)), ..self }
    }

    /// The sum with an amount of the same currency.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        assert!(self.currency == other.currency, "sums are made within one currency");
        Self { minor: self.minor.saturating_add(other.minor), ..self }
    }

    /// Whether it is more than nothing and at most `most`, of the same currency.
    pub fn is_some_of(self, most: Self) -> bool {
        self.currency == most.currency && (1..=most.minor).contains(&self.minor)
    }

    /// The amount with its decimals and no currency sign: `9.50`.
    pub fn decimal(&self) -> String {
        let decimals = self.currency.decimals();
        let unit = 10i64.pow(decimals);
        let sign = if self.minor < 0 { "-" } else { "" };
        let (whole, part) = (self.minor.unsigned_abs() / unit as u64, self.minor.unsigned_abs() % unit as u64);
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{part:0width$}", width = decimals as usize)
        }
    }
}

/// The dearest dish or order that is believed, in minor units: a hundred million is a banquet in any currency, and a
/// slip of the keyboard beyond it.
pub const PRICE_MINOR_MAX: i64 = 100_000_000;

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_and_written_in_the_currency_s_own_decimals() {
        let yen = Currency::new("JPY").expect("a code");
        let dinar = Currency::new("TND").expect("a code");
        for (text, currency, minor, written) in [
            ("9", Currency::EUR, 900, "9.00"),
            ("9.5", Currency::EUR, 950, "9.50"),
            ("0.05", Currency::EUR, 5, "0.05"),
            ("1200", yen, 1200, "1200"),
            ("1200.00", yen, 1200, "1200"),
            ("4.125", dinar, 4125, "4.125"),
        ] {
            let money = Money::parse(text, currency).expect(text);
            assert_eq!((money.minor, money.decimal().as_str()), (minor, written), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_a_sentence() {
        for text in ["", "free", "-1", "1,50", "9.505", "1e3", "99999999999999999999", ".5"] {
            assert!(Money::parse(text, Currency::EUR).is_err(), "{text}");
        }
    }

    #[test]
    fn a_forged_quantity_does_not_wrap_into_a_small_sum() {
        assert_eq!(Money::new(i64::MAX / 2, Currency::EUR).times(u32::MAX).minor, i64::MAX);
    }
}
