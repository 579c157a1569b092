/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '42a62dbbaa82ad42'
