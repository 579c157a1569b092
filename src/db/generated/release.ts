/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd1879ce744d12ff8'
