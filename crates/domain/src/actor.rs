//! Who acts, and in what role.

use crate::{
    id::{ActorId, OrganizationId, SessionId},
    words::words,
};

words! {
    ActorKind { User = "USER", Service = "SERVICE", System = "SYSTEM" }

    Role {
        Admin = "ADMIN",
        Reviewer = "REVIEWER",
        /// Reads everything, changes nothing.
        Auditor = "AUDITOR",
        /// A program that sends documents in and takes results out.
        Integrator = "INTEGRATOR",
    }

    /// How the actor proved who it is; recorded in every leaf.
    Authentication { Session = "SESSION", Token = "TOKEN", Process = "PROCESS" }
}

/// Who acts, in which organization, for the length of one request or job.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The pseudonym that is recorded.
    pub id: ActorId,
    pub kind: ActorKind,
    pub organization: OrganizationId,
    /// `None` for the system, which acts on behalf of recorded decisions only.
    pub role: Option<Role>,
    /// For showing to the actor itself; never recorded, never logged.
    pub name: String,
    pub email: Option<String>,
    pub authentication: Authentication,
    pub session: Option<SessionId>,
    /// The request's id, recorded as a keyed hash.
    pub request: Option<String>,
}

impl Actor {
    /// The process itself: jobs, the sequencer, the command line of whoever holds the data folder.
    pub fn system(organization: OrganizationId) -> Actor {
        Actor {
            id: ActorId(uuid::Uuid::nil()),
            kind: ActorKind::System,
            organization,
            role: None,
            name: "Countersign".to_owned(),
            email: None,
            authentication: Authentication::Process,
            session: None,
            request: None,
        }
    }
}
