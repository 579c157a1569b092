/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '05f5df39ed659a67'
