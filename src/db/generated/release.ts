/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a57c9027f7c0e49a'
