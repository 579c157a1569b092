/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'cff31de840ed34e6'
