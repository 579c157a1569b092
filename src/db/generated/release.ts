/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'cc6514f05b71bd97'
