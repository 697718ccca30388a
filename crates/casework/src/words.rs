//! The closed lists of words of a case: steps, kinds of log entries, wishes, urgencies.
//!
//! Each list is an enum with a stable text form; a variant may be renamed, its identifier never. Sectors, topics and ways
//! of paying are the words of the atlas, rungs and channels those of the ladder.

use std::fmt;

/// Makes an enum with `ALL`, `IDS`, `id`, `from_id`, `Display` and the serde form of its id.
macro_rules! words {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $id:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum $name { $($(#[$inner])* $variant,)+ }

        impl $name {
            /// Every word of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The text form of each, in the same order.
            pub const IDS: &'static [&'static str] = &[$($id,)+];

            /// Returns the identifier that is stored and exported.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// Returns the word of an identifier.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.id() == id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.id())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::from_id(&text).ok_or_else(|| serde::de::Error::unknown_variant(&text, Self::IDS))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "enum": Self::IDS })
            }
        }
    };
}

words! {
    /// What the customer can do next.
    Step {
        /// Gather what is missing.
        Prepare = "prepare",
        /// Contact the front line by a channel that leaves a trace.
        ContactFrontLine = "contact_front_line",
        /// Let a running time pass.
        Wait = "wait",
        /// Remind the company of an answer or a promise that is overdue.
        Chase = "chase",
        /// Answer what the company or the body asked.
        Answer = "answer",
        /// Name the point that a generic reply did not answer.
        ChallengeGeneric = "challenge_generic",
        /// Ask for somebody with authority.
        AskSupervisor = "ask_supervisor",
        /// Complain formally to the complaints team.
        Complain = "complain",
        /// Go on to the next stage of the company's own procedure.
        NextStage = "next_stage",
        /// Write to the executive office.
        Executive = "executive",
        /// Give formal notice of a breach to head office or the legal department.
        LegalNotice = "legal_notice",
        /// Go to an ombudsman or a dispute resolution body.
        GoAdr = "go_adr",
        /// Go to or report to a regulator or consumer agency.
        TellRegulator = "tell_regulator",
        /// Use a right that hangs on the way of paying.
        ClaimPaymentRight = "claim_payment_right",
        /// Counter an offer.
        Negotiate = "negotiate",
        /// Accept an offer in writing.
        Accept = "accept",
        /// Letter before action, small claims.
        Court = "court",
        /// Close the case.
        Close = "close",
        /// Reopen the matter at the desk that closed it.
        Reopen = "reopen",
    }
}

words! {
    /// Whose act an entry of the log is.
    By {
        /// The customer.
        Customer = "customer",
        /// The company.
        Company = "company",
        /// A body outside of the company, a court included.
        Body = "body",
    }
}

words! {
    /// What an entry of the log is.
    LogKind {
        /// The customer complained.
        Complaint = "complaint",
        /// The customer asked.
        Question = "question",
        /// The customer called or went there.
        Call = "call",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// The customer asked for a supervisor.
        AskedSupervisor = "asked_supervisor",
        /// The customer was passed on.
        Transfer = "transfer",
        /// Receipt was acknowledged.
        Acknowledgement = "acknowledgement",
        /// Somebody answered.
        Reply = "reply",
        /// The company answered without touching the point.
        GenericReply = "generic_reply",
        /// Something was asked of the customer.
        InformationRequest = "information_request",
        /// Something was promised.
        Promise = "promise",
        /// Something was offered.
        Offer = "offer",
        /// What was wanted was refused.
        Refusal = "refusal",
        /// The last word of the company or the body.
        FinalResponse = "final_response",
        /// Money came.
        Payment = "payment",
        /// Goods or a repair came.
        Delivery = "delivery",
    }
}

words! {
    /// What the customer wants.
    Wish {
        /// Money back.
        Refund = "refund",
        /// Another one.
        Replacement = "replacement",
        /// A repair.
        Repair = "repair",
        /// An apology.
        Apology = "apology",
        /// A mistake put right.
        Correction = "correction",
        /// The contract ended.
        Cancellation = "cancellation",
        /// Money for the harm.
        Compensation = "compensation",
        /// The service itself.
        Service = "service",
    }
}

words! {
    /// Why a case cannot take its time.
    Urgency {
        /// Money still leaves.
        MoneyLeaving = "money_leaving",
        /// A service that one cannot live without is down.
        ServiceEssential = "service_essential",
        /// Health or safety is at risk.
        HealthSafety = "health_safety",
        /// The journey is near.
        TravelSoon = "travel_soon",
        /// A right is about to lapse.
        RightLapsing = "right_lapsing",
        /// The customer is vulnerable.
        Vulnerable = "vulnerable",
    }
}

words! {
    /// What a case lacks before it can go up.
    Lack {
        /// What happened.
        WhatHappened = "what_happened",
        /// When it happened.
        When = "when",
        /// A number by which the company finds the customer.
        Reference = "reference",
        /// Anything that proves it.
        Evidence = "evidence",
        /// What is wanted.
        Wanted = "wanted",
        /// What it did to the customer.
        Impact = "impact",
        /// What was tried already, with days.
        StepsTaken = "steps_taken",
        /// How much money it is about.
        Amount = "amount",
    }
}

words! {
    /// What became of using a contact point.
    Outcome {
        /// Somebody answered.
        Reached = "reached",
        /// They helped.
        Helpful = "helpful",
        /// They did not help.
        Unhelpful = "unhelpful",
        /// It belongs to somebody else.
        WrongNumber = "wrong_number",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// Mail to it came back.
        Bounced = "bounced",
        /// The person no longer works there.
        HasLeft = "has_left",
        /// Nobody reads it.
        Unread = "unread",
        /// It only answers that a form must be used.
        UseForm = "use_form",
    }
}

impl Outcome {
    /// Returns whether the contact point is of no use any more.
    #[must_use]
    pub const fn is_dead(self) -> bool {
        match self {
            Self::WrongNumber | Self::Bounced | Self::HasLeft | Self::Unread | Self::UseForm => true,
            Self::Reached | Self::Helpful | Self::Unhelpful | Self::NoAnswer => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_leads_back_to_its_word() {
        for step in Step::ALL {
            assert_eq!(Step::from_id(step.id()), Some(*step));
            assert_eq!(serde_json::to_value(step).unwrap(), step.id());
        }
        assert_eq!(LogKind::from_id("shout"), None);
    }
}
