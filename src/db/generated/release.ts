/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5af146a45cf06599'
