/** Something that the user can put right: one sentence that names it and says how. */
export class UsageError extends Error {}
