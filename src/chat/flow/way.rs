//! The few ways between which a step has somebody choose.

/// What is chosen between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// An organisation that buys.
    Customer,
    /// One that sells.
    Partner,
    /// The Open model.
    Open,
    /// The Secure model.
    Secure,
    /// A contact becomes an administrator.
    Administrator,
    /// A contact is none any more.
    NoAdministrator,
    /// A contact has some toolboxes.
    Toolboxes,
}

impl Way {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Customer,
        Self::Partner,
        Self::Open,
        Self::Secure,
        Self::Administrator,
        Self::NoAdministrator,
        Self::Toolboxes,
    ];

    /// What a button calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Partner => "partner",
            Self::Open => "open",
            Self::Secure => "secure",
            Self::Administrator => "admin",
            Self::NoAdministrator => "no-admin",
            Self::Toolboxes => "toolboxes",
        }
    }
}
