//! Who may do what: one pure function over role and action.

use crate::{
    actor::{Actor, ActorKind, Role},
    words::words,
};

words! {
    /// What can be allowed or refused. The word is what a refusal is recorded under.
    Action {
        ReadDocument = "READ_DOCUMENT",
        UploadDocument = "UPLOAD_DOCUMENT",
        RetryReading = "RETRY_READING",
        ReadTask = "READ_TASK",
        Review = "REVIEW",
        ReadType = "READ_TYPE",
        ManageType = "MANAGE_TYPE",
        ReadAudit = "READ_AUDIT",
        /// Takes the log, or a part of it, out as a bundle.
        ExportAudit = "EXPORT_AUDIT",
        /// Sees personal values in the log: the disclosures of its leaves.
        ReadPersonal = "READ_PERSONAL",
        /// Says where the heads of the log are sent.
        ManageAudit = "MANAGE_AUDIT",
        ErasePersonal = "ERASE_PERSONAL",
        Export = "EXPORT",
    }
}

/// Whether `actor` may do `action` at all in its organization; whose document or task it is comes on top.
pub fn allows(actor: &Actor, action: Action) -> bool {
    match actor.role {
        Some(role) => role_allows(role, action),
        None => actor.kind == ActorKind::System,
    }
}

/// The role × action matrix.
pub fn role_allows(role: Role, action: Action) -> bool {
    use Action::*;
    match role {
        Role::Admin => true,
        Role::Reviewer => {
            matches!(action, ReadDocument | UploadDocument | RetryReading | ReadTask | Review | ReadType)
        }
        Role::Auditor => {
            matches!(action, ReadDocument | ReadTask | ReadType | ReadAudit | ExportAudit | ReadPersonal | ManageAudit)
        }
        Role::Integrator => matches!(action, ReadDocument | UploadDocument | RetryReading | ReadType | Export),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_action_matrix_is_reviewed_as_text() {
        let mut matrix = String::new();
        for action in Action::ALL {
            matrix += &format!("{:<16}", action.word());
            for role in Role::ALL {
                matrix += if role_allows(*role, *action) { " yes" } else { "  no" };
            }
            matrix += "\n";
        }
        insta::assert_snapshot!(format!("{:<16} {}\n{matrix}", "", "adm rev aud int"));
    }
}
