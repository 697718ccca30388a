//! The closed lists of words that the data files use: kinds, sectors, anchors, statuses and the like.
//!
//! Each list is an enum with a stable text form. The build script compiles this file as well, to check the data against
//! the very same lists; it must therefore name nothing of this crate or of another wing.

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
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Self::from_id(&text).ok_or_else(|| serde::de::Error::unknown_variant(&text, Self::IDS))
            }
        }
    };
}

words! {
    /// The trade that a complaint is about.
    Sector {
        /// Advertisements themselves.
        Advertising = "advertising",
        /// Airlines and airports.
        Air = "air",
        /// Current and savings accounts.
        Bank = "bank",
        /// Radio and television.
        Broadcasting = "broadcasting",
        /// Conduct of firms towards each other and the market.
        Competition = "competition",
        /// Loans and hire purchase.
        Credit = "credit",
        /// Credit files and scores.
        CreditReporting = "credit_reporting",
        /// Collection of debts.
        Debt = "debt",
        /// Goods and services sold at a distance.
        Ecommerce = "ecommerce",
        /// Schools and universities.
        Education = "education",
        /// Electricity, gas and heat.
        Energy = "energy",
        /// Funerals.
        Funeral = "funeral",
        /// Betting and games.
        Gambling = "gambling",
        /// Any trade.
        General = "general",
        /// Care and health plans.
        Health = "health",
        /// Builders, kitchens, furniture.
        HomeImprovement = "home_improvement",
        /// Tenants of social and other landlords; new homes.
        Housing = "housing",
        /// Insurance.
        Insurance = "insurance",
        /// Securities and advice on them.
        Investment = "investment",
        /// Lawyers.
        Legal = "legal",
        /// Councils.
        LocalGovernment = "local_government",
        /// Loans on homes.
        Mortgage = "mortgage",
        /// Cars and garages.
        Motor = "motor",
        /// Removals.
        Moving = "moving",
        /// Couriers.
        Parcel = "parcel",
        /// Cards, transfers, wallets.
        Payments = "payments",
        /// Pensions.
        Pension = "pension",
        /// Letters and the universal postal service.
        Post = "post",
        /// Personal data.
        Privacy = "privacy",
        /// Dangerous goods.
        ProductSafety = "product_safety",
        /// Estate and letting agents.
        Property = "property",
        /// Public authorities.
        PublicService = "public_service",
        /// Bus, tram, underground.
        PublicTransport = "public_transport",
        /// Railways.
        Rail = "rail",
        /// Solar panels, heat pumps.
        Renewables = "renewables",
        /// Goods sold in shops.
        Retail = "retail",
        /// Telephone and internet access.
        Telecom = "telecom",
        /// Package travel, hotels, agencies.
        Travel = "travel",
        /// Water and sewerage.
        Water = "water",
    }
}

words! {
    /// What kind of body stands outside.
    Kind {
        /// A scheme for settling single disputes: arbitration, adjudication, conciliation.
        Adr = "adr",
        /// An ombudsman.
        Ombudsman = "ombudsman",
        /// A public supervisor of a trade.
        Regulator = "regulator",
        /// A public or charitable agency for consumers.
        ConsumerAgency = "consumer_agency",
        /// A court or tribunal.
        Court = "court",
        /// A body that a trade runs for itself.
        SelfRegulator = "self_regulator",
    }
}

words! {
    /// Whether a body or a right is there.
    Status {
        /// It can be used.
        InForce = "in_force",
        /// It was announced and cannot be used yet.
        Planned = "planned",
        /// It was shut.
        Closed = "closed",
        /// Another took its place.
        Superseded = "superseded",
    }
}

words! {
    /// How sure a fact is.
    Confidence {
        /// Without a source, or with a weak one.
        Low = "low",
        /// Sourced in part, or old.
        Medium = "medium",
        /// Seen in a source that fits the date.
        High = "high",
    }
}

words! {
    /// The day from which a clock counts.
    Anchor {
        /// What happened: the flight, the charge, the fault.
        Event = "event",
        /// The day the customer knew, or should have known.
        Knowledge = "knowledge",
        /// The first complaint to the company.
        FirstComplaint = "first_complaint",
        /// The company's final response.
        FinalResponse = "final_response",
        /// The company's final response, or the end of the waiting time of the body where there was none.
        ReplyOrDue = "reply_or_due",
        /// Delivery, or the day on which it was due.
        Delivery = "delivery",
        /// The purchase or transaction.
        Purchase = "purchase",
        /// A notice, to whomever the rule names.
        Notice = "notice",
        /// A request to the company.
        Request = "request",
        /// The statement or bill that shows the matter.
        Statement = "statement",
        /// The opening of a dispute with an intermediary.
        Dispute = "dispute",
        /// The day on which a remedy was agreed.
        Agreement = "agreement",
        /// The day on which an outside body passed the case on.
        Referral = "referral",
        /// The closing letter of another outside body.
        BodyLetter = "body_letter",
    }
}

words! {
    /// Whom a clock binds.
    Binds {
        /// The customer.
        Consumer = "consumer",
        /// The company.
        Company = "company",
        /// The bank that issued the card.
        Issuer = "issuer",
    }
}

words! {
    /// What a clock wants the customer to do: by that it is told whom to write to, and what its last day is the last day of.
    Act {
        /// To make a claim, a complaint, a dispute or an appeal, in writing, to the company.
        Claim = "claim",
        /// To call the contract off, which needs nobody's consent.
        Withdraw = "withdraw",
        /// To tell the company something else: that one rejects or reports; or to ask for the review that its own appeals lead to.
        Tell = "tell",
        /// To bring it before a court.
        Sue = "sue",
        /// To take it to a body outside that is no court.
        Refer = "refer",
        /// To keep back what is still owed.
        HoldBack = "hold_back",
    }
}

words! {
    /// As whom the customer complains.
    ActingAs {
        /// A private person.
        Consumer = "consumer",
        /// A business of the smallest size.
        MicroBusiness = "micro_business",
        /// A small business.
        SmallBusiness = "small_business",
        /// A charity or club.
        Charity = "charity",
    }
}

words! {
    /// What must have been done before a body takes the case.
    Need {
        /// A complaint to the company.
        CompanyComplaint = "company_complaint",
        /// The end of the company's own procedure.
        FinalResponse = "final_response",
        /// The company belongs to the scheme.
        Membership = "membership",
        /// A letter before claim.
        LetterBeforeClaim = "letter_before_claim",
        /// An attempt to settle.
        AttemptToSettle = "attempt_to_settle",
    }
}

words! {
    /// How one entry stands to another.
    How {
        /// The other must have been tried first.
        Requires = "requires",
        /// Each company is with the one or the other, or the customer may choose.
        AlternativeTo = "alternative_to",
        /// The one shuts the other out.
        Excludes = "excludes",
        /// This one passes cases on to the other.
        ForwardsTo = "forwards_to",
        /// This one settles no single case: the other does.
        SingleCasesAt = "single_cases_at",
        /// The other makes the rules that this one applies.
        RulesSetBy = "rules_set_by",
        /// The other gives advice on the way here.
        AdvisedBy = "advised_by",
        /// This one takes what the other cannot.
        After = "after",
        /// The other takes it where the company is no member here.
        WhenNotMember = "when_not_member",
        /// The other is to take the place of this one.
        ToBeReplacedBy = "to_be_replaced_by",
        /// Both may run at the same time.
        Beside = "beside",
        /// The one or the other, by the kind of card or contract.
        InsteadOf = "instead_of",
        /// The other comes next.
        Then = "then",
        /// This one strengthens the other.
        Supports = "supports",
    }
}

words! {
    /// What an amount of money is.
    MoneyKind {
        /// The most that the body awards.
        AwardCap = "award_cap",
        /// The most that the decision binds for.
        BindingCap = "binding_cap",
        /// Claims above are not taken, or the right does not reach them.
        ClaimCap = "claim_cap",
        /// Claims below are not taken.
        ClaimFloor = "claim_floor",
        /// What the customer pays.
        Fee = "fee",
        /// What the customer bears.
        Excess = "excess",
        /// A fixed sum due to the customer.
        Compensation = "compensation",
    }
}

words! {
    /// What a body can bring about.
    Remedy {
        /// Advice to the customer.
        Advice = "advice",
        /// An answer from the company.
        Answer = "answer",
        /// A recommendation.
        Recommendation = "recommendation",
        /// An order to do or stop something.
        Order = "order",
        /// An order to pay.
        MoneyOrder = "money_order",
        /// A correction in public.
        Correction = "correction",
        /// A fine, which goes to the state.
        Fine = "fine",
    }
}

words! {
    /// Whether going to a body ends the right to sue.
    SuitEnds {
        /// It does not.
        No = "no",
        /// Only where the customer accepts the decision.
        IfAccepted = "if_accepted",
        /// It does.
        Yes = "yes",
    }
}

words! {
    /// What a body does with a case that comes before the wait is over.
    Early {
        /// It refuses it.
        Refused = "refused",
        /// It takes it and gives the company the rest of its time.
        TakenAndReferredBack = "taken_and_referred_back",
    }
}

words! {
    /// Whether a message counts when it is sent or when it arrives.
    Delivery {
        /// When it is sent.
        Sending = "sending",
        /// When it arrives.
        Receipt = "receipt",
    }
}

words! {
    /// How the day of the anchor itself counts.
    Count {
        /// The next day is day one.
        NextDay = "next_day",
        /// The same day is day one.
        SameDay = "same_day",
        /// It begins with the end of the year of that day.
        YearEnd = "year_end",
    }
}

words! {
    /// On what a right rests.
    Basis {
        /// Law.
        Statute = "statute",
        /// The rule of a public supervisor.
        RegulatorRule = "regulator_rule",
        /// The rule of a private scheme, such as a card scheme.
        SchemeRule = "scheme_rule",
        /// A treaty between states.
        Treaty = "treaty",
        /// The terms of a contract.
        Contract = "contract",
    }
}

words! {
    /// How it was paid.
    PaidBy {
        /// Credit card.
        CreditCard = "credit_card",
        /// Debit card.
        DebitCard = "debit_card",
        /// Bank transfer.
        Transfer = "transfer",
        /// Direct debit.
        DirectDebit = "direct_debit",
        /// Cash.
        Cash = "cash",
        /// An online wallet of the kind of `PayPal`.
        Paypal = "paypal",
    }
}

words! {
    /// What the problem is.
    Topic {
        /// An error on a bill.
        BillingError = "billing_error",
        /// A charge that is not owed.
        WrongCharge = "wrong_charge",
        /// Nothing came.
        NotDelivered = "not_delivered",
        /// What came is faulty.
        FaultyGoods = "faulty_goods",
        /// The service does not work.
        ServiceDown = "service_down",
        /// A contract is to end, or was ended.
        Cancellation = "cancellation",
        /// It came late.
        Delay = "delay",
        /// A claim was refused.
        DeniedClaim = "denied_claim",
        /// A fraud.
        Fraud = "fraud",
        /// A deposit is kept.
        Deposit = "deposit",
        /// Personal data got out.
        DataBreach = "data_breach",
        /// Poor service.
        PoorService = "poor_service",
        /// A subscription that is hard to leave.
        SubscriptionTrap = "subscription_trap",
        /// Access for people with a disability.
        Accessibility = "accessibility",
        /// Difficulty in paying.
        Hardship = "hardship",
        /// A benefit after a death.
        DeathBenefit = "death_benefit",
        /// A service is about to be cut off.
        Disconnection = "disconnection",
        /// Anything else.
        Other = "other",
    }
}

words! {
    /// What kind of company it is, where a body or a clock asks.
    CompanyType {
        /// A bank of any kind.
        Bank = "bank",
        /// A bank with a federal charter.
        NationalBank = "national_bank",
        /// A federal savings association.
        FederalSavingsAssociation = "federal_savings_association",
        /// A bank with a state charter outside of the Federal Reserve.
        StateBank = "state_bank",
        /// A state bank inside the Federal Reserve.
        StateMemberBank = "state_member_bank",
        /// A credit union.
        CreditUnion = "credit_union",
        /// A credit union under provincial law.
        ProvincialCreditUnion = "provincial_credit_union",
        /// An investment firm.
        InvestmentFirm = "investment_firm",
        /// A broker in securities.
        Broker = "broker",
        /// An insurer.
        Insurer = "insurer",
        /// An insurer of private health cover.
        PrivateHealthInsurer = "private_health_insurer",
        /// A health plan.
        HealthPlan = "health_plan",
        /// A cruise line.
        CruiseLine = "cruise_line",
        /// A pension scheme.
        PensionScheme = "pension_scheme",
        /// A council or housing association that lets homes.
        SocialLandlord = "social_landlord",
        /// A landlord who is neither a council nor a housing association.
        PrivateLandlord = "private_landlord",
        /// An agent who sells homes.
        EstateAgent = "estate_agent",
        /// An agent who lets homes.
        LettingAgent = "letting_agent",
        /// An agent who manages buildings.
        ManagingAgent = "managing_agent",
        /// A builder of new homes.
        Developer = "developer",
        /// A council.
        Council = "council",
        /// A provider of care.
        CareProvider = "care_provider",
        /// A public health service.
        HealthService = "health_service",
        /// Another public authority.
        PublicBody = "public_body",
        /// A water company.
        WaterCompany = "water_company",
        /// A regulated postal operator.
        PostalOperator = "postal_operator",
        /// A remover.
        Mover = "mover",
        /// A dealer in cars.
        MotorTrader = "motor_trader",
        /// An online platform.
        Platform = "platform",
    }
}

words! {
    /// Which office of a state an agency is.
    Office {
        /// The attorney general.
        AttorneyGeneral = "attorney_general",
        /// The commission for utilities.
        UtilityCommission = "utility_commission",
        /// The department of insurance.
        InsuranceDepartment = "insurance_department",
        /// The regulator of banks and lenders.
        FinancialRegulator = "financial_regulator",
        /// The office for consumers.
        ConsumerAffairs = "consumer_affairs",
    }
}

words! {
    /// Whether a form can be reached by anyone.
    Access {
        /// By anyone.
        Open = "open",
        /// After signing in.
        Login = "login",
        /// After a test for humans.
        Captcha = "captcha",
        /// Not by a program.
        HumanOnly = "human_only",
    }
}

words! {
    /// A day of the week.
    Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

words! {
    /// Where a holiday goes that falls on a weekend.
    Moves {
        /// To the next day that is neither weekend nor holiday.
        NextWorkingDay = "next_working_day",
        /// From Saturday to Friday, from Sunday to Monday.
        NearestWeekday = "nearest_weekday",
        /// From Saturday or Sunday to Monday.
        NextMonday = "next_monday",
        /// From Sunday only, to Monday.
        MondayIfSunday = "monday_if_sunday",
    }
}

words! {
    /// A field of an entry whose evidence may differ from that of the entry.
    Field {
        /// The other names.
        Aliases = "aliases",
        /// What it costs.
        Cost = "cost",
        /// What must be done first.
        First = "first",
        /// The waiting time.
        Wait = "wait",
        /// The last time to go.
        Deadline = "deadline",
        /// Caps, floors and fees.
        Money = "money",
        /// Who may go.
        Eligibility = "eligibility",
        /// What going there does to a claim in court.
        Court = "court",
        /// The register of members.
        Register = "register",
        /// How long it takes.
        Duration = "duration",
        /// The telephone number.
        Phone = "phone",
        /// The mailbox.
        Email = "email",
        /// The postal address.
        Postal = "postal",
        /// The clocks of a right.
        Clocks = "clocks",
        /// How it stands to others.
        Links = "links",
    }
}
