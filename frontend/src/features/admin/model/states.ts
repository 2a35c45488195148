/** The states by which lists are shown, the usual one first. */
export const INVITATION_STATES = ["pending", "accepted", "expired", "revoked"] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

export const REGISTRATION_STATES = ["pending", "approved", "rejected"] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];
